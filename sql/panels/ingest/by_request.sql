-- title: Noise: bytes by what was asked
-- question: Which requests fill the store. A rule of the audit policy at level None or Metadata for a line here saves its share; think before silencing people.
-- empty: No event in this range.
SELECT
    verb,
    if(subresource = '', toString(resource), concat(resource, '/', subresource)) AS resource,
    level,
    count() AS events,
    sum(length(raw)) AS bytes,
    bytes / events AS average_bytes,
    bytes / sum(bytes) OVER () AS share
FROM events
WHERE $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    verb,
    resource,
    level
ORDER BY bytes DESC
LIMIT 50
