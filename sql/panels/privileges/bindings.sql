-- title: Bindings to roles
-- question: Who gave whom which role. The subjects are known where the audit policy records the request body; an update may only repeat what was there.
-- empty: No binding was made or changed.
-- queries: cluster-admin-grants rbac-changes
SELECT
    requested_at AS at,
    actor,
    cluster,
    verb,
    JSONExtractString(raw, 'requestObject', 'roleRef', 'name') AS role,
    arrayStringConcat(
        arrayMap(
            subject -> concat(JSONExtractString(subject, 'kind'), ' ', JSONExtractString(subject, 'name')),
            JSONExtractArrayRaw(raw, 'requestObject', 'subjects')),
        ', ') AS given_to,
    if(role = 'cluster-admin', 'cluster-admin', '') AS remark,
    namespace,
    if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name')) AS name,
    outcome,
    client_ip,
    client,
    audit_id
FROM requests
WHERE resource IN ('clusterrolebindings', 'rolebindings') AND verb IN ('create', 'update', 'patch', 'delete', 'deletecollection')
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE resource IN ('clusterrolebindings', 'rolebindings') AND verb IN ('create', 'update', 'patch', 'delete', 'deletecollection')
            AND $__timeFilter_ms(requested_at)
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
            AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
            AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
            AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace))
    AND $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace)
ORDER BY
    role = 'cluster-admin' DESC,
    at DESC
LIMIT 200
