-- title: Requests without credentials
-- question: What did the cluster answer to callers without credentials?
-- proves: Requests as system:anonymous to API servers, and whether they were let in beyond health checks, version and discovery. The pages of OpenShift's login server are for callers without credentials and are left out.
-- cannot: A cluster that refuses anonymous callers answers 401, which looks like any bad credential.
-- attention: callers without credentials are let in to health checks, version or discovery, ended a token that they knew (OpenShift lets everybody do that), or were refused
-- fail: a caller without credentials reached a resource
-- none: pass; no caller was taken as anonymous
-- next: failed
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column verb: verb
-- column resource: resource; empty for paths
-- column path: path of the request; empty for resources
-- column code: HTTP status
-- column requests: distinct requests
-- column addresses: client addresses
-- column first_at: the first of them
-- column last_at: the last of them
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(code < 400 AND NOT harmless AND NOT ends_token, 'fail', 'attention') AS status,
    multiIf(code >= 400, 'refused', harmless, 'let in to what is public', ends_token, 'ended a token that it knew', 'let in') AS finding,
    verb,
    resource,
    path,
    code,
    requests,
    addresses,
    first_at,
    last_at,
    audit_id
FROM
(
    SELECT
        cluster,
        verb,
        resource,
        if(resource = '', cutQueryString(request_uri), '') AS path,
        code,
        resource = '' AND match(path, '^/(|healthz|livez|readyz|version|api|apis|openapi|login|oauth|\\.well-known|oauth2callback|logout)(/|$)') AS harmless,
        resource = 'oauthaccesstokens' AND verb = 'delete' AS ends_token,
        uniqExact(requested_at, events.audit_id, component) AS requests,
        arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
        min(requested_at) AS first_at,
        max(requested_at) AS last_at,
        argMin(events.audit_id, (requested_at, events.audit_id)) AS audit_id
    FROM events
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND actor_kind = 'anonymous'
        AND component != 'oauth-server'
        AND code > 0
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
        AND (cluster, events.audit_id, requested_at, component) NOT IN
            (
                SELECT
                    cluster,
                    audit_id,
                    requested_at,
                    toString(component)
                FROM copy_facts
            )
    GROUP BY
        cluster,
        verb,
        resource,
        path,
        code
)
