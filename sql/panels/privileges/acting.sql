-- title: Who acted as whom
-- question: Impersonation by pair, refused ones too. Consoles and GitOps do it all day; a person who does it with kubectl --as has a reason.
-- empty: Nobody acted as another.
-- queries: impersonations
SELECT
    max(requested_at) AS last_at,
    actor,
    impersonated_user,
    cluster,
    count() AS requests,
    countIf(is_write(verb, resource, subresource)) AS writes,
    countIf(is_denied(code, decision)) AS denied,
    arrayStringConcat(arraySort(groupUniqArray(4)(toString(client))), ', ') AS clients,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE impersonated_user != ''
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE impersonated_user != ''
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
GROUP BY
    actor,
    impersonated_user,
    cluster
ORDER BY last_at DESC
LIMIT 100
