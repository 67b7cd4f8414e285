-- title: Time stamps
-- question: Do the clocks of API servers and of the store agree?
-- proves: No event is stored before it happened: clocks that run ahead of the store's are seen.
-- cannot: A clock that is slow looks like late delivery, and one that is ahead by less than the time until an event was stored is not seen. A stage that is stamped before its request is set right when it is loaded. Where the time comes from is set on the hosts.
-- pass: events were stored at once, and none before it happened
-- attention: even the quickest event was stored so late that a clock could be ahead unseen
-- fail: events from the future
-- none: attention; no event was recorded
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_seconds: delay of the quickest event up to which the clocks can be compared, in seconds
-- value most_seconds: 300
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column component: API server that wrote the events
-- column events: events looked at
-- column from_future: events stored more than a minute before they happened
-- column furthest_seconds: furthest of them, in seconds ahead; 0 without any
-- column least_delay_seconds: delay of the quickest event, in seconds; less than that a clock may be ahead unseen
SELECT
    counted.cluster AS cluster,
    multiIf(from_future > 0, 'fail', least_delay_seconds > {most_seconds:UInt32}, 'attention', 'pass') AS status,
    multiIf(
        from_future > 0, 'events from the future',
        status = 'attention', 'stored too late to compare the clocks',
        'no contradiction') AS finding,
    counted.component AS component,
    events,
    from_future,
    if(from_future = 0, 0, furthest) AS furthest_seconds,
    greatest(0, -furthest) AS least_delay_seconds
FROM
(
    SELECT
        cluster,
        component,
        count() AS events
    FROM events FINAL
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
) AS counted
INNER JOIN
(
    SELECT
        cluster,
        component,
        uniqExactIf((audit_id, requested_at, stage), stage_at > ingested_at + toIntervalMinute(1)) AS from_future,
        max(dateDiff('second', ingested_at, stage_at)) AS furthest
    FROM events
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
) AS compared ON compared.cluster = counted.cluster AND compared.component = counted.component
