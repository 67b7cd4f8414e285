-- title: Working hours
-- question: At which hours of which weekdays do they work?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    toDayOfWeek(requested_at) AS weekday,
    toHour(requested_at) AS hour,
    count() AS requests
FROM requests
WHERE actor = {name:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    weekday,
    hour
ORDER BY
    weekday,
    hour
