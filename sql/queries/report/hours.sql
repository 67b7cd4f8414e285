-- title: Hours of the period
-- question: Which hours have events, and which have none?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    component,
    hour,
    busy_minutes,
    silent_minutes,
    gap
FROM hours_covered
WHERE hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
    AND hour < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY ALL
