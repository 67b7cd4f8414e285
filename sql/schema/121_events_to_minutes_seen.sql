CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_minutes_seen TO minutes_seen AS
SELECT
    cluster,
    component,
    toStartOfHour(requested_at) AS hour,
    groupUniqArray(toMinute(requested_at)) AS minutes,
    min(greatest(0, dateDiff('second', stage_at, ingested_at))) AS least_lag_seconds
FROM events
GROUP BY
    cluster,
    component,
    hour
