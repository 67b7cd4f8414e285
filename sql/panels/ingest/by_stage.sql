-- title: Bytes by stage and level
-- question: What the audit policy makes you pay for. omitStages RequestReceived and level Metadata save most.
-- empty: No event in this range.
-- next: ingest/by_request
SELECT
    concat(stage, ', ', level) AS stage,
    sum(length(raw)) AS bytes
FROM events
WHERE $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY stage
ORDER BY bytes DESC
LIMIT 12
