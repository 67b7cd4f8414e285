-- title: Identity
-- question: Who this is, by the name alone: what kind, since when known, in which groups at last. A name that the API server never saw has no row; a shared account is one identity.
-- empty: Nobody of this name asked for anything in this range.
SELECT
    decodeURLComponent('${actor:percentencode}') AS actor,
    actor_kind(decodeURLComponent('${actor:percentencode}')) AS actor_kind,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    arrayStringConcat(arraySort(groupUniqArray(toString(cluster))), ', ') AS clusters,
    arrayStringConcat(arraySort(argMax(actor_groups, requested_at)), ', ') AS groups
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
HAVING count() > 0
LIMIT 1
