-- title: Default service accounts in use
-- question: Which default service accounts asked an API server for anything?
-- proves: Every namespace whose workloads used the service account that all pods get when nobody names another, with what it asked for.
-- cannot: Pods that have the account and never asked. Whether its token is mounted at all is in the objects, not in the audit log.
-- attention: a default service account was used
-- none: pass; no default service account was used
-- next: events
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column requests: distinct requests
-- column writes: requests that change something
-- column denied: requests refused by authorization
-- column addresses: client addresses
-- column first_at: the first of them
-- column last_at: the last of them
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    'a default service account was used' AS finding,
    actor,
    uniqExact(requested_at, events.audit_id) AS requests,
    uniqExactIf((requested_at, events.audit_id), is_write(verb, resource, subresource)) AS writes,
    uniqExactIf((requested_at, events.audit_id), is_denied(code, decision)) AS denied,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    argMin(events.audit_id, (requested_at, events.audit_id)) AS audit_id
FROM events
WHERE actor_kind = 'service-account'
    AND match(actor, '^system:serviceaccount:[^:]+:default$')
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor
