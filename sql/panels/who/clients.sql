-- title: Programs
-- question: What they used, by the user agent, which the client may choose.
-- empty: No request in this range.
SELECT
    client,
    user_agent,
    min(requested_at) AS first_at,
    max(stage_at) AS last_at,
    count() AS requests
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    client,
    user_agent
ORDER BY last_at DESC
LIMIT 100
