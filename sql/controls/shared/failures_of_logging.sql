-- title: Failures of the record
-- question: What is missing, and what could not be read?
-- proves: Holes of at least an hour and records that could not be read are found and kept, each with its place.
-- cannot: Whether somebody was told and answered: that is in the alerts of Grafana and in your tickets. A log that never reached the loader after its last event shows as the end of the record.
-- attention: an hour without any event, or records that could not be read
-- none: pass; no failure was found
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: beginning of the hole, or when the first such record was received
-- column until: end of the hole, or when the last was received
-- column component: API server, or the source of the records
-- column hours: hours without an event
-- column records: records that could not be read
SELECT
    cluster,
    'attention' AS status,
    'no event was received' AS finding,
    toDateTime64(hole_from, 6, 'UTC') AS at,
    toDateTime64(hole_until, 6, 'UTC') AS until,
    toString(component) AS component,
    hours,
    toUInt64(0) AS records
FROM holes
WHERE hole_until > {since:DateTime64(6, 'UTC')}
    AND hole_from < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    'records could not be read' AS finding,
    toDateTime64(min(coalesce(first_event_at, loaded_at)), 6, 'UTC') AS at,
    toDateTime64(max(coalesce(last_event_at, loaded_at)), 6, 'UTC') AS until,
    source AS component,
    toUInt64(0) AS hours,
    sum(rejected) AS records
FROM batches FINAL
WHERE rejected > 0
    AND coalesce(last_event_at, loaded_at) >= {since:DateTime64(6, 'UTC')}
    AND coalesce(first_event_at, loaded_at) < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    source
