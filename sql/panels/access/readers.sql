-- title: Who read secrets
-- question: Readers of secrets, by how many different ones they named and how often they listed all of a namespace. A list returns every secret in it, so it counts as all of them, which no number here shows.
-- empty: No secret was read.
SELECT
    max(requested_at) AS last_at,
    cluster,
    actor,
    actor_kind,
    count() AS requests,
    uniqExactIf(name, name != '') AS named,
    countIf(verb = 'list') AS lists,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(namespace))), ', ') AS namespaces,
    arrayStringConcat(arraySort(groupUniqArray(3)(toString(client_ip))), ', ') AS addresses,
    arrayStringConcat(arraySort(groupUniqArray(3)(toString(client))), ', ') AS clients,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE resource = 'secrets' AND verb IN ('get', 'list', 'watch') AND code < 400
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE resource = 'secrets' AND verb IN ('get', 'list', 'watch') AND code < 400
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
    cluster,
    actor,
    actor_kind
ORDER BY
    actor_kind = 'human' DESC,
    requests DESC
LIMIT 100
