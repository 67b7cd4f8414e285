-- title: Reads of the audit log
-- question: Who read the audit log on the cluster?
-- next: auditradar sql "SELECT * FROM audit_access ORDER BY at DESC"
-- tags: coverage, secrets
-- attack: T1654 Log Enumeration
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    [audit_id] AS evidence_ids
FROM requests
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ((resource = 'nodes' AND subresource IN ('proxy', 'log') AND match(request_uri, 'audit'))
        OR (resource = 'pods' AND subresource = 'log' AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)'))
        OR (subresource IN ('exec', 'attach') AND match(concat(namespace, '/', name), '(^openshift-logging/|^kube-system/kube-apiserver|^openshift-kube-apiserver/)')))
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
