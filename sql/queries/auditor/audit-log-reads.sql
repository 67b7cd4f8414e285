-- title: Reads of the audit log
-- question: Who read the audit log, on the cluster and in this store?
-- note: Readings of this store have no cluster: they are about all of them. They are on record where they came through the front.
-- next: auditradar sql "SELECT reader, on_behalf_of, count() FROM audit_access GROUP BY ALL"
-- tags: coverage, secrets
-- attack: T1654 Log Enumeration
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT *
FROM
(
    SELECT
        requested_at,
        toString(cluster) AS cluster,
        toString(actor) AS actor,
        toString(effective_user) AS effective_user,
        toString(client_ip) AS client_ip,
        target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
        toString(outcome) AS outcome,
        [audit_id] AS evidence_ids
    FROM requests
    WHERE (cluster, requested_at) IN
        (
            SELECT
                cluster,
                requested_at
            FROM events
            WHERE requested_at >= {since:DateTime64(6, 'UTC')}
                AND requested_at < {until:DateTime64(6, 'UTC')}
                AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
                AND ((resource = 'nodes' AND subresource IN ('proxy', 'log') AND match(request_uri, 'audit'))
                    OR (resource = 'pods' AND subresource = 'log' AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)'))
                    OR (subresource IN ('exec', 'attach') AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)')))
        )
        AND ((resource = 'nodes' AND subresource IN ('proxy', 'log') AND match(request_uri, 'audit'))
            OR (resource = 'pods' AND subresource = 'log' AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)'))
            OR (subresource IN ('exec', 'attach') AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)')))
        AND actor_kind IN {kinds:Array(String)}
    UNION ALL
    SELECT
        at AS requested_at,
        '' AS cluster,
        toString(reader) AS actor,
        toString(on_behalf_of) AS effective_user,
        toString(client_ip) AS client_ip,
        if(statement = '', 'log in to the store', concat('the store: ', replaceRegexpAll(substringUTF8(statement, 1, 160), '\\s+', ' '))) AS target,
        toString(outcome) AS outcome,
        [query_id] AS evidence_ids
    FROM audit_access
    WHERE at >= {since:DateTime64(6, 'UTC')}
        AND at < {until:DateTime64(6, 'UTC')}
)
ORDER BY
    requested_at,
    cluster,
    evidence_ids
