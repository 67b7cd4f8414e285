-- title: What is recorded, and since when
-- question: Which API servers keep a record, and of how many hours of the period?
-- proves: Every API server that left events, how many hours of the period have any, and how many are holes.
-- cannot: An API server whose log was never loaded is unknown. Compare the list with your clusters.
-- pass: events in every hour between the first and the last
-- attention: an hour without any event
-- none: no-data; no API server left an event in the period
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column component: API server that wrote the events
-- column hours: hours of the period between its first and last event
-- column holes: hours without any event
-- column silent_minutes: minutes without any event in the other hours
-- column first_at: first of these hours
-- column last_at: last of these hours
SELECT
    cluster,
    if(holes = 0, 'pass', 'attention') AS status,
    if(holes = 0, 'no hour without events', concat(toString(holes), ' hours without any event')) AS finding,
    component,
    hours,
    holes,
    silent_minutes,
    first_at,
    last_at
FROM
(
    SELECT
        cluster,
        component,
        count() AS hours,
        countIf(gap) AS holes,
        sumIf(hours_covered.silent_minutes, NOT gap) AS silent_minutes,
        min(hour) AS first_at,
        max(hour) AS last_at
    FROM hours_covered
    WHERE hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
        AND hour < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
    HAVING countIf(NOT gap) > 0
)
