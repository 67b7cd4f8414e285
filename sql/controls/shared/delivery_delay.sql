-- title: How late events arrive
-- question: How long after it happened was each hour stored away from its source?
-- proves: The least delay of every hour: even its fastest event was not stored sooner.
-- cannot: The delay of single events. Logs loaded later from an archive are late by nature.
-- pass: no hour was late
-- attention: the fastest event of an hour was later than the limit
-- none: attention; no hour of the period has an event
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_minutes: delay that counts as prompt, in minutes
-- value most_minutes: 60
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column component: API server that wrote the events
-- column hours: hours with events
-- column late_hours: hours of which even the fastest event was later than the limit
-- column worst_minutes: largest of these delays, in minutes
SELECT
    cluster,
    if(late_hours = 0, 'pass', 'attention') AS status,
    if(late_hours = 0, 'delivered in time', concat(toString(late_hours), ' hours came late')) AS finding,
    component,
    hours,
    late_hours,
    worst_minutes
FROM
(
    SELECT
        cluster,
        component,
        count() AS hours,
        countIf(least_lag_seconds > {most_minutes:UInt32} * 60) AS late_hours,
        greatest(0, intDiv(max(least_lag_seconds), 60)) AS worst_minutes
    FROM hours_covered
    WHERE NOT gap
        AND hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
        AND hour < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
)
