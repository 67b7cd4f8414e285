-- title: Holes
-- question: For which times is nothing known?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    cluster,
    component,
    run[1] AS hole_from,
    run[-1] + toIntervalHour(1) AS hole_until,
    toUInt64(length(run)) AS hours
FROM
(
    SELECT
        cluster,
        component,
        arrayJoin(arraySplit(
            (hour, before) -> dateDiff('hour', before, hour) > 1,
            arraySort(groupArray(hour)) AS hours_without,
            arrayPushFront(arrayPopBack(hours_without), hours_without[1]))) AS run
    FROM coverage
    WHERE gap
        AND hour >= {since:DateTime64(6, 'UTC')}
        AND hour < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
)
ORDER BY
    hole_from DESC,
    cluster,
    component
LIMIT {limit:UInt64}
