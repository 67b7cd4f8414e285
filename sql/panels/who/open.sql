-- title: Sessions, open
-- question: Sessions that touch the range, and those still open. Machines have no sessions unless a person's program was used.
-- next: who/sessions
SELECT
    count() AS sessions,
    countIf(end_reason = 'open') AS open
FROM sessions
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
