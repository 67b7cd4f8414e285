-- title: Grants of cluster-admin
-- question: Who gave whom all rights?
-- next: auditradar queries run rbac-changes
-- tags: privileges
-- attack: T1098.006 Additional Container Cluster Roles
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    requested_at,
    cluster,
    actor,
    client_ip,
    if(resource = 'rolebindings', namespace, '') AS only_in,
    if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name')) AS binding,
    arrayMap(
        subject -> concat(JSONExtractString(subject, 'kind'), ' ', JSONExtractString(subject, 'name')),
        JSONExtractArrayRaw(raw, 'requestObject', 'subjects')) AS subjects,
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
            AND resource IN ('clusterrolebindings', 'rolebindings')
            AND verb IN ('create', 'update', 'patch')
    )
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE api_group = 'rbac.authorization.k8s.io'
            AND resource IN ('clusterrolebindings', 'rolebindings'))
    AND resource IN ('clusterrolebindings', 'rolebindings')
    AND verb IN ('create', 'update', 'patch')
    AND outcome = 'success'
    AND JSONExtractString(raw, 'requestObject', 'roleRef', 'name') = 'cluster-admin'
ORDER BY
    requested_at,
    cluster
