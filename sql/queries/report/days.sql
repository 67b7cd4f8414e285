-- title: Days of the period
-- question: How many logins, failed attempts, refused requests, hours with events and hours in holes has each day?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    day,
    sum(logins_of_day) AS logins,
    sum(failed_of_day) AS failed_attempts,
    sum(denied_of_day) AS denied,
    sum(hours_of_day) AS hours_with_events,
    sum(holes_of_day) AS hours_in_holes
FROM
(
    SELECT toDate(login_at) AS day, count() AS logins_of_day, 0 AS failed_of_day, 0 AS denied_of_day, 0 AS hours_of_day, 0 AS holes_of_day
    FROM logins
    WHERE login_at >= {since:DateTime64(6, 'UTC')}
        AND login_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY day
    UNION ALL
    SELECT toDate(attempted_at) AS day, 0, count(), 0, 0, 0
    FROM failed_attempts
    WHERE attempted_at >= {since:DateTime64(6, 'UTC')}
        AND attempted_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY day
    UNION ALL
    SELECT toDate(hour) AS day, 0, 0, uniqExactMerge(requests), 0, 0
    FROM requests_hourly
    WHERE denied
        AND actor_kind = 'human'
        AND hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
        AND hour < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY day
    UNION ALL
    SELECT toDate(hour) AS day, 0, 0, 0, countIf(NOT gap), countIf(gap)
    FROM hours_covered
    WHERE hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
        AND hour < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY day
)
GROUP BY day
ORDER BY day
