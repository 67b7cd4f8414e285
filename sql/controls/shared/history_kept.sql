-- title: How far back the record reaches
-- question: How many months of the record are kept, without missing days, and does the policy keep them?
-- proves: The oldest event that is still in the store, per cluster, the days since then without any event, and how long the retention policy keeps events: what is older cannot be asked for here.
-- cannot: Copies kept elsewhere. A cluster that is younger than the time asked for looks like one whose record was deleted.
-- pass: the record reaches back as far as asked, no day is missing, and the policy keeps it as long
-- attention: days of the time asked for have no event; or the record is shorter than a time that is yours to choose
-- fail: the record begins later, or the policy removes it sooner
-- none: no-data; no event is kept
-- next: retention
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param months: months that must be kept
-- value months: 12
-- param months_by: who says how many months: requirement, or choice where the requirement leaves it to you
-- value months_by: requirement
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column first_event_at: oldest event in the store
-- column kept_days: days from the oldest event to the end of the period
-- column wanted_days: days that must be kept
-- column empty_days: days (UTC) of the wanted ones without any event, after the oldest
-- column policy_days: days that the retention policy keeps events; 0 for ever
SELECT
    cluster,
    multiIf(
        kept_days < wanted_days OR soon_removed, if({months_by:String} = 'choice', 'attention', 'fail'),
        empty_days > 0, 'attention',
        'pass') AS status,
    multiIf(
        soon_removed, concat('the policy removes events ', toString(wanted_days - policy_days), ' days too soon'),
        kept_days < wanted_days, concat('the record begins ', toString(wanted_days - kept_days), ' days too late: it reaches back ', toString(kept_days), ' of ', toString(wanted_days), ' days'),
        empty_days > 0, concat(toString(empty_days), if(empty_days = 1, ' day', ' days'), ' of the time asked for without any event'),
        'the record reaches back far enough') AS finding,
    first_event_at,
    kept_days,
    wanted_days,
    empty_days,
    policy_days
FROM
(
    SELECT
        clusters.cluster AS cluster,
        clusters.first_event_at AS first_event_at,
        greatest(0, dateDiff('day', clusters.first_event_at, {until:DateTime64(6, 'UTC')})) AS kept_days,
        dateDiff('day', {until:DateTime64(6, 'UTC')} - toIntervalMonth({months:UInt32}), {until:DateTime64(6, 'UTC')}) AS wanted_days,
        days.without_events AS empty_days,
        policy.keep_days AS policy_days,
        policy_days > 0 AND policy_days < wanted_days AS soon_removed
    FROM clusters
    LEFT JOIN
    (
        SELECT
            cluster,
            countIf(silent) AS without_events
        FROM
        (
            SELECT
                cluster,
                toDate(hour) AS day,
                min(gap) AS silent
            FROM hours_covered
            WHERE hour >= {until:DateTime64(6, 'UTC')} - toIntervalMonth({months:UInt32})
                AND hour < {until:DateTime64(6, 'UTC')}
                AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
            GROUP BY
                cluster,
                day
        )
        GROUP BY cluster
    ) AS days ON days.cluster = clusters.cluster
    LEFT JOIN
    (
        SELECT
            cluster,
            keep_days
        FROM retention_horizons
        WHERE class = 'events'
    ) AS policy ON policy.cluster = clusters.cluster
    WHERE ({cluster:String} = '' OR match(clusters.cluster, {cluster:String}))
)
