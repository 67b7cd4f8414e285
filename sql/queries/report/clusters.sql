-- title: Clusters
-- question: Which clusters are in the report, and how much of the period is known of each?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    clusters.cluster AS cluster,
    platform,
    arrayStringConcat(components, ', ') AS components,
    first_event_at,
    least(last_event_at, {until:DateTime64(6, 'UTC')}) AS last_event_in_period,
    greatest(0, intDiv(dateDiff('second', {since:DateTime64(6, 'UTC')}, first_event_at), 3600)) AS hours_before,
    coalesce(covered.hours, 0) AS hours_with_events,
    coalesce(covered.holes, 0) AS hours_in_holes,
    greatest(0, intDiv(dateDiff('second', last_event_at, {until:DateTime64(6, 'UTC')}), 3600)) AS hours_after
FROM clusters
LEFT JOIN
(
    SELECT
        cluster,
        uniqExactIf(hour, NOT gap) AS hours,
        uniqExactIf(hour, gap) AS holes
    FROM hours_covered
    WHERE hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
        AND hour < {until:DateTime64(6, 'UTC')}
    GROUP BY cluster
) AS covered ON covered.cluster = clusters.cluster
WHERE ({cluster:String} = '' OR match(clusters.cluster, {cluster:String}))
ORDER BY ALL
