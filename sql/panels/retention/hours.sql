-- title: Hours of the range
-- question: How many hours of each API server have events, and how many are holes. Hours before the first and after the last event of an API server are not known at all and not counted.
-- empty: No API server left an event in this range.
-- next: ingest/holes_list
SELECT
    cluster,
    component,
    countIf(NOT gap) AS hours,
    countIf(gap) AS holes,
    sumIf(hours_covered.silent_minutes, NOT gap) AS silent_minutes,
    min(hour) AS first_at,
    max(hour) AS last_at
FROM hours_covered
WHERE hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    cluster,
    component
ORDER BY
    holes DESC,
    cluster,
    component
LIMIT 200
