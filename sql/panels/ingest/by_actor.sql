-- title: Noise: bytes by who asked
-- question: Which identities fill the store; people are rarely among them.
-- empty: No event in this range.
SELECT
    actor,
    actor_kind,
    count() AS events,
    sum(length(raw)) AS bytes,
    bytes / events AS average_bytes,
    bytes / sum(bytes) OVER () AS share
FROM events
WHERE $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    actor,
    actor_kind
ORDER BY bytes DESC
LIMIT 30
