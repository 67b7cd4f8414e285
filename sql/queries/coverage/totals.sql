-- title: Coverage of each API server
-- question: What is known of each API server, and what is not?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    rows.cluster AS cluster,
    clusters.platform AS platform,
    rows.component AS component,
    min(hour) AS from_hour,
    max(hour) + toIntervalHour(1) AS until_hour,
    count() AS hours,
    countIf(gap) AS hours_without_events,
    sum(rows.events) AS events,
    sum(silent_minutes) AS silent_minutes,
    quantileExact(0.5)(lag_seconds) AS median_lag_seconds,
    sum(rows.rejected) AS rejected,
    sum(rows.excluded) AS excluded
FROM coverage AS rows
LEFT JOIN clusters ON clusters.cluster = rows.cluster
WHERE hour >= {since:DateTime64(6, 'UTC')}
    AND hour < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(rows.cluster, {cluster:String}))
GROUP BY
    cluster,
    platform,
    component
ORDER BY
    cluster,
    component
