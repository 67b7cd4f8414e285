-- title: Noise: bytes by program
-- question: Which programs fill the store: events of the range and the length of their raw text. Every stage is an event. Copies that are not merged yet count until they are.
-- empty: No event in this range.
SELECT
    client,
    any(toString(actor_kind)) AS actor_kind,
    count() AS events,
    sum(length(raw)) AS bytes,
    bytes / events AS average_bytes,
    bytes / sum(bytes) OVER () AS share
FROM events
WHERE $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY client
ORDER BY bytes DESC
LIMIT 30
