-- title: How far back the record reaches
-- question: How many months of the record are kept?
-- proves: The oldest event that is still in the store, per cluster: what is older cannot be asked for here.
-- cannot: Copies kept elsewhere. A cluster that is younger than the time asked for looks like one whose record was deleted.
-- pass: the record reaches back as far as asked
-- fail: the record begins later
-- none: no-data; no event is kept
-- next: ingest
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param months: months that must be kept
-- value months: 12
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column first_event_at: oldest event in the store
-- column last_event_at: newest event in the store
-- column kept_days: days from the oldest event to the end of the period
-- column wanted_days: days that must be kept
SELECT
    cluster,
    if(kept_days >= wanted_days, 'pass', 'fail') AS status,
    if(kept_days >= wanted_days, 'the record reaches back far enough', concat('the record begins ', toString(wanted_days - kept_days), ' days too late')) AS finding,
    first_event_at,
    last_event_at,
    kept_days,
    wanted_days
FROM
(
    SELECT
        cluster,
        first_event_at,
        last_event_at,
        greatest(0, dateDiff('day', first_event_at, {until:DateTime64(6, 'UTC')})) AS kept_days,
        dateDiff('day', {until:DateTime64(6, 'UTC')} - toIntervalMonth({months:UInt32}), {until:DateTime64(6, 'UTC')}) AS wanted_days
    FROM clusters
    WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
)
