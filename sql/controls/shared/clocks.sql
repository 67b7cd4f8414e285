-- title: Time stamps
-- question: Do the clocks of API servers and of the store agree?
-- proves: No event is stored before it happened, and no stage comes before its request: clocks that run ahead or jump back are seen.
-- cannot: A clock that is slow looks like late delivery. Where the time comes from is set on the hosts.
-- pass: no time stamp contradicts another
-- fail: events from the future, or stages before their requests
-- none: attention; no event was recorded
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column component: API server that wrote the events
-- column events: events looked at
-- column from_future: events stored more than a minute before they happened
-- column backwards: events whose stage is before the request
SELECT
    cluster,
    if(from_future = 0 AND backwards = 0, 'pass', 'fail') AS status,
    multiIf(from_future > 0, 'events from the future', backwards > 0, 'stages before their requests', 'no contradiction') AS finding,
    component,
    events,
    from_future,
    backwards
FROM
(
    SELECT
        cluster,
        component,
        uniqExact(audit_id, requested_at, stage) AS events,
        uniqExactIf((audit_id, requested_at, stage), stage_at > ingested_at + toIntervalMinute(1)) AS from_future,
        uniqExactIf((audit_id, requested_at, stage), stage_at < requested_at) AS backwards
    FROM events
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
)
