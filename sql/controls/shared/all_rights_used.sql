-- title: Use of all rights
-- question: Who used the role cluster-admin, or a group that may do everything?
-- proves: Every identity whose requests were allowed by all rights, with how often and how many changes.
-- cannot: All rights that were given and not used.
-- attention: a person or a service account used all rights
-- none: pass; nobody used all rights
-- next: privileges
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column actor_kind: kind of the identity
-- column requests: distinct requests
-- column writes: requests that change something
-- column first_at: the first of them
-- column last_at: the last of them
-- column addresses: client addresses
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    'used all rights' AS finding,
    actor,
    actor_kind,
    uniqExact(requested_at, events.audit_id) AS requests,
    uniqExactIf((requested_at, events.audit_id), is_write(verb, resource, subresource)) AS writes,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
    argMin(events.audit_id, (requested_at, events.audit_id)) AS audit_id
FROM events
WHERE is_privileged(actor_groups, decision_reason)
    AND actor_kind IN ('human', 'service-account', 'cloud-service')
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    actor_kind
