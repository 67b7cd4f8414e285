-- title: Coverage by the hour
-- question: How much is known of each hour?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    hour,
    cluster,
    component,
    events,
    silent_minutes,
    gap,
    lag_seconds,
    rejected,
    excluded
FROM coverage
WHERE hour >= {since:DateTime64(6, 'UTC')}
    AND hour < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    hour DESC,
    cluster,
    component
LIMIT {limit:UInt64}
