-- title: Lag
-- question: Time from an event to the store: the fastest event of each hour. When even the fastest takes long, ingest is behind; files loaded later show the age of the file. Late single events do not show here.
-- empty: Nothing was loaded for this range.
-- next: ingest/sources
SELECT
    hour AS time,
    concat(cluster, ' ', component) AS server,
    min(least_lag_seconds) AS lag
FROM hours_covered
WHERE NOT gap
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    time,
    server
ORDER BY time
LIMIT 20000
