-- title: What the log covers
-- question: Each API server by the hour: green has events, yellow has more than ten silent minutes, red has nothing. Hours before its first and after its newest event are blank: nothing is expected there.
-- empty: Nothing was loaded for this range.
-- next: ingest/holes_list
SELECT
    hour AS time,
    concat(cluster, ' ', component) AS server,
    toNullable(multiIf(gap, 3, silent_minutes > 10, 2, 1)) AS state
FROM hours_covered
WHERE hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY
    time,
    server
LIMIT 20000
