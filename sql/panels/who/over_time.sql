-- title: Requests over time
-- question: What became of their requests. A request without a known end is left out.
-- empty: No request in this range.
-- next: events
SELECT
    $__timeInterval(requested_at) AS time,
    toString(outcome) AS outcome,
    count() AS requests
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND outcome != 'in-progress'
GROUP BY
    time,
    outcome
ORDER BY time
