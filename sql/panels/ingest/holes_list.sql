-- title: Holes
-- question: Runs of hours without any event between the first and the last event of an API server. Whether nothing happened or the log was lost cannot be told from here.
-- empty: No hole in this range.
-- next: ingest/sources
SELECT
    cluster,
    component,
    run[1] AS hole_from,
    run[-1] + toIntervalHour(1) AS hole_until,
    length(run) AS hours
FROM
(
    SELECT
        cluster,
        component,
        arrayJoin(arraySplit(
            (hour, before) -> dateDiff('hour', before, hour) > 1,
            arraySort(groupArray(hour)) AS hours_without,
            arrayPushFront(arrayPopBack(hours_without), hours_without[1]))) AS run
    FROM hours_covered
    WHERE gap
        AND hour > $__fromTime - toIntervalHour(1)
        AND hour <= $__toTime
        AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
        AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    GROUP BY
        cluster,
        component
)
ORDER BY hole_from DESC
LIMIT 100
