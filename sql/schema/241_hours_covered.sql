-- The cheap part of coverage: it reads the rollup instead of the events, for dashboards that are opened every minute.
CREATE OR REPLACE VIEW hours_covered
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    component LowCardinality(String) COMMENT 'API server that wrote the events.',
    hour DateTime('UTC') COMMENT 'The hour.',
    busy_minutes UInt8 COMMENT 'Minutes of the hour with at least one event.',
    silent_minutes UInt8 COMMENT 'Minutes of the hour without any event.',
    gap UInt8 COMMENT 'A hole: no event at all in an hour between the first and the last event.',
    least_lag_seconds Int64 COMMENT 'Least time from stage to store, in seconds: that of the fastest event.'
)
AS
SELECT
    expected.cluster AS cluster,
    expected.component AS component,
    expected.hour AS hour,
    toUInt8(length(seen.minutes)) AS busy_minutes,
    toUInt8(60 - length(seen.minutes)) AS silent_minutes,
    empty(seen.minutes) AS gap,
    seen.least_lag_seconds AS least_lag_seconds
FROM
(
    SELECT
        cluster,
        component,
        arrayJoin(arrayMap(
            step -> toStartOfHour(toDateTime(first_at, 'UTC')) + toIntervalHour(step),
            range(toUInt32(dateDiff('hour', first_at, last_at) + 1)))) AS hour
    FROM
    (
        SELECT
            cluster,
            component,
            min(cluster_facts.first_event_at) AS first_at,
            max(cluster_facts.last_event_at) AS last_at
        FROM cluster_facts
        WHERE is_api_server(component)
        GROUP BY
            cluster,
            component
        HAVING first_at <= last_at  -- else all its events went with their retention
    )
) AS expected
LEFT JOIN
(
    SELECT
        cluster,
        component,
        hour,
        groupUniqArrayArray(minutes_seen.minutes) AS minutes,
        toInt64(min(minutes_seen.least_lag_seconds)) AS least_lag_seconds
    FROM minutes_seen
    GROUP BY
        cluster,
        component,
        hour
) AS seen ON seen.cluster = expected.cluster AND seen.component = expected.component AND seen.hour = expected.hour
COMMENT 'Every hour between the first and the last event of an API server: how many of its minutes have events. An hour without any is a hole (gap).'
