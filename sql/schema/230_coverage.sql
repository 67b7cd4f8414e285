-- Every hour between the first and the last event of an API server has a row, so that a hole is a row and not an absence.
CREATE OR REPLACE VIEW coverage
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    component LowCardinality(String) COMMENT 'API server that wrote the events; or dex, keycloak, haproxy-tcp … for lines, which come only when somebody does something and so have no holes.',
    hour DateTime('UTC') COMMENT 'The hour.',
    events UInt64 COMMENT 'Events (or lines) of the hour, copies not counted.',
    silent_minutes UInt8 COMMENT 'Minutes of the hour without any event.',
    gap UInt8 COMMENT 'A hole: no event at all in an hour between the first and the last event.',
    lag_seconds Float64 COMMENT 'Median time from stage to store, in seconds; large for logs loaded later.',
    rejected UInt64 COMMENT 'Records rejected in batches that begin in this hour.',
    excluded UInt64 COMMENT 'Records deliberately not kept, of batches that begin in this hour.'
)
AS
WITH
    seen AS
    (
        SELECT
            cluster,
            component,
            toStartOfHour(requested_at) AS hour,
            count() AS events,
            uniqExact(toStartOfMinute(requested_at)) AS busy_minutes,
            greatest(0, median(dateDiff('second', stage_at, ingested_at))) AS lag_seconds
        FROM
        (
            SELECT
                cluster,
                component,
                requested_at,
                stage_at,
                ingested_at
            FROM events
            ORDER BY
                cluster,
                requested_at,
                audit_id,
                component,
                stage
            LIMIT 1 BY
                cluster,
                requested_at,
                audit_id,
                component,
                stage
        )
        GROUP BY
            cluster,
            component,
            hour
        UNION ALL
        SELECT
            cluster,
            component,
            toStartOfHour(at) AS hour,
            count() AS events,
            uniqExact(toStartOfMinute(at)) AS busy_minutes,
            0 AS lag_seconds
        FROM auth_records FINAL
        WHERE NOT is_api_server(component)
        GROUP BY
            cluster,
            component,
            hour
        UNION ALL
        SELECT
            cluster,
            system AS component,
            toStartOfHour(accepted_at) AS hour,
            count() AS events,
            uniqExact(toStartOfMinute(accepted_at)) AS busy_minutes,
            0 AS lag_seconds
        FROM access_records FINAL
        GROUP BY
            cluster,
            component,
            hour
    ),
    hours AS
    (
        SELECT
            cluster,
            component,
            arrayJoin(arrayMap(
                step -> toStartOfHour(first_at) + toIntervalHour(step),
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
    ),
    delivered AS
    (
        SELECT
            cluster,
            component,
            toStartOfHour(coalesce(first_event_at, loaded_at)) AS hour,
            sum(rejected) AS rejected,
            sum(excluded) AS excluded
        FROM batches FINAL
        GROUP BY
            cluster,
            component,
            hour
        HAVING rejected > 0 OR excluded > 0
    ),
    rows AS
    (
        SELECT
            cluster,
            component,
            hour,
            max(expected) AS expected
        FROM
        (
            SELECT
                cluster,
                component,
                hour,
                1 AS expected
            FROM hours
            UNION ALL
            SELECT
                cluster,
                component,
                hour,
                0 AS expected
            FROM seen
            WHERE NOT is_api_server(component)
            UNION ALL
            SELECT
                cluster,
                component,
                hour,
                0 AS expected
            FROM delivered
        )
        GROUP BY
            cluster,
            component,
            hour
    )
SELECT
    rows.cluster AS cluster,
    rows.component AS component,
    rows.hour AS hour,
    seen.events AS events,
    toUInt8(60 - seen.busy_minutes) AS silent_minutes,
    expected AND seen.events = 0 AS gap,
    seen.lag_seconds AS lag_seconds,
    delivered.rejected AS rejected,
    delivered.excluded AS excluded
FROM rows
LEFT JOIN seen ON seen.cluster = rows.cluster AND seen.component = rows.component AND seen.hour = rows.hour
LEFT JOIN delivered ON delivered.cluster = rows.cluster AND delivered.component = rows.component AND delivered.hour = rows.hour
COMMENT 'What is known and what is not, per API server and hour: events, silent minutes, holes (gap), median seconds from stage to store, records rejected and excluded (shown in the hour in which their batch begins).'
