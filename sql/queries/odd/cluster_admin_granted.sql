-- title: New cluster-admin
-- question: Who was given all rights, by whom?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    requested_at AS at,
    cluster,
    actor,
    client_ip,
    concat(
        actor, ' made ',
        if(empty(subjects), 'somebody', arrayStringConcat(arraySlice(subjects, 1, 5), ', ')),
        ' cluster-admin with the ', if(resource = 'rolebindings', concat('RoleBinding in ', namespace), 'ClusterRoleBinding'), ' ',
        if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name'))) AS story,
    [audit_id] AS evidence_ids
FROM
(
    SELECT
        *,
        arrayMap(
            subject -> concat(
                JSONExtractString(subject, 'kind'), ' ',
                if(JSONExtractString(subject, 'namespace') = '', '', concat(JSONExtractString(subject, 'namespace'), '/')),
                JSONExtractString(subject, 'name')),
            JSONExtractArrayRaw(raw, 'requestObject', 'subjects')) AS subjects
    FROM requests
    WHERE api_group = 'rbac.authorization.k8s.io'
        AND requested_at IN (
            SELECT requested_at
            FROM events
            WHERE api_group = 'rbac.authorization.k8s.io'
                AND resource IN ('clusterrolebindings', 'rolebindings'))
        AND resource IN ('clusterrolebindings', 'rolebindings')
        AND verb IN ('create', 'update', 'patch')
        AND outcome = 'success'
        AND actor_kind = 'human'
)
WHERE JSONExtractString(raw, 'requestObject', 'roleRef', 'name') = 'cluster-admin'
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
