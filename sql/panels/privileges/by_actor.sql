-- title: By whom
-- question: Who made the changes. Compare the programs: a role changed with kubectl where GitOps should do it is worth a question.
-- empty: Nothing privileged was changed.
SELECT
    max(requested_at) AS last_at,
    actor,
    actor_kind,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    count() AS requests,
    countIf(is_denied(code, decision)) AS denied,
    arrayStringConcat(arraySort(groupUniqArray(4)(toString(client))), ', ') AS clients,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')
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
    actor_kind,
    kind
ORDER BY
    actor_kind = 'human' DESC,
    requests DESC
LIMIT 100
