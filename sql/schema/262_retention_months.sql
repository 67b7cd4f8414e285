-- One row a month, so that the sum over a cluster and the plan of what goes next come from the same place.
CREATE OR REPLACE VIEW retention_months
(
    class String COMMENT 'Class of the policy: events, identity, access, rejected, rollups or reads.',
    table String COMMENT 'Table that holds the rows.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster; empty for who read the audit log, which belongs to none.',
    month Date COMMENT 'First day of the month (UTC) of the rows.',
    rows UInt64 COMMENT 'Rows stored, copies that are not merged yet among them.',
    oldest_at DateTime64(6, 'UTC') COMMENT 'Moment of the oldest row.',
    newest_at DateTime64(6, 'UTC') COMMENT 'Moment of the newest row.',
    held UInt64 COMMENT 'Rows that a legal hold covers.',
    keep_days Int32 COMMENT 'Days that the class is kept after the end of a month; 0 for ever.',
    refreshed Bool COMMENT 'Whether the table is recomputed from others; its rows go with theirs and have no time of their own.',
    expires_on Date COMMENT 'Day on which the rows that are not held are due to go; 2149-06-06 for never, and for tables that are recomputed.'
)
AS
WITH
    (
        SELECT groupArray((cluster, actor, since, until))
        FROM holds
        WHERE active
    ) AS standing
SELECT
    stored.class AS class,
    stored.table AS table,
    stored.cluster AS cluster,
    stored.month AS month,
    stored.rows AS rows,
    stored.oldest_at AS oldest_at,
    stored.newest_at AS newest_at,
    stored.held AS held,
    horizon.keep_days AS keep_days,
    stored.table IN ('sessions', 'copy_facts', 'auth_facts', 'presences', 'reigns', 'recorded_activity', 'failure_facts') AS refreshed,
    if(refreshed, toDate('2149-06-06'), expires_on(stored.month, horizon.keep_days)) AS expires_on
FROM
(
    SELECT
        'events' AS class,
        'events' AS table,
        cluster,
        toStartOfMonth(requested_at) AS month,
        count() AS rows,
        min(toDateTime64(requested_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(requested_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor), toString(impersonated_user)], requested_at, standing)) AS held
    FROM events
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'forwarded_requests' AS table,
        cluster,
        toStartOfMonth(requested_at) AS month,
        count() AS rows,
        min(toDateTime64(requested_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(requested_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor), toString(impersonated_user)], requested_at, standing)) AS held
    FROM forwarded_requests
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        transform(toString(kind), ['event'], ['events'], toString(kind)) AS class,
        'digests' AS table,
        cluster,
        digests.month AS month,
        count() AS rows,
        toDateTime64(month, 6, 'UTC') AS oldest_at,
        toDateTime64(month, 6, 'UTC') AS newest_at,
        countIf(arrayExists(
            hold -> (hold.1 = '' OR hold.1 = cluster) AND toDate(hold.3) < month + toIntervalMonth(1) AND toDate(hold.4) >= month,
            standing)) AS held
    FROM digests
    GROUP BY
        class,
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'activity' AS table,
        cluster,
        toStartOfMonth(minute) AS month,
        count() AS rows,
        min(toDateTime64(minute, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(minute, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], minute, standing)) AS held
    FROM activity
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'instants' AS table,
        cluster,
        toStartOfMonth(minute) AS month,
        count() AS rows,
        min(toDateTime64(minute, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(minute, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], minute, standing)) AS held
    FROM instants
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'sessions' AS table,
        cluster,
        toStartOfMonth(last_seen_at) AS month,
        count() AS rows,
        min(toDateTime64(last_seen_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(last_seen_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], last_seen_at, standing)) AS held
    FROM sessions
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'auth_records' AS table,
        cluster,
        toStartOfMonth(auth_records.at) AS month,
        count() AS rows,
        min(toDateTime64(auth_records.at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(auth_records.at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, arrayConcat([toString(actor), toString(by)], arrayMap(name -> toString(name), names)), auth_records.at, standing)) AS held
    FROM auth_records
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'refusals' AS table,
        cluster,
        toStartOfMonth(attempted_at) AS month,
        count() AS rows,
        min(toDateTime64(attempted_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(attempted_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], attempted_at, standing)) AS held
    FROM refusals
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'token_uses' AS table,
        cluster,
        toStartOfMonth(last_used_at) AS month,
        count() AS rows,
        min(toDateTime64(last_used_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(last_used_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], last_used_at, standing)) AS held
    FROM token_uses
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'access' AS class,
        'access_records' AS table,
        cluster,
        toStartOfMonth(accepted_at) AS month,
        count() AS rows,
        min(toDateTime64(accepted_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(accepted_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, emptyArrayString(), accepted_at, standing)) AS held
    FROM access_records
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'rejected' AS class,
        'rejected' AS table,
        cluster,
        toStartOfMonth(received_at) AS month,
        count() AS rows,
        min(toDateTime64(received_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(received_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, emptyArrayString(), received_at, standing)) AS held
    FROM rejected
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'rollups' AS class,
        'requests_hourly' AS table,
        cluster,
        toStartOfMonth(hour) AS month,
        count() AS rows,
        min(toDateTime64(hour, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(hour, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, emptyArrayString(), hour, standing)) AS held
    FROM requests_hourly
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'rollups' AS class,
        'minutes_seen' AS table,
        cluster,
        toStartOfMonth(hour) AS month,
        count() AS rows,
        min(toDateTime64(hour, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(hour, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, emptyArrayString(), hour, standing)) AS held
    FROM minutes_seen
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'copy_facts' AS table,
        cluster,
        toStartOfMonth(requested_at) AS month,
        count() AS rows,
        min(toDateTime64(requested_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(requested_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, emptyArrayString(), requested_at, standing)) AS held
    FROM copy_facts
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'auth_facts' AS table,
        cluster,
        toStartOfMonth(auth_facts.at) AS month,
        count() AS rows,
        min(toDateTime64(auth_facts.at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(auth_facts.at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, arrayConcat([toString(actor), toString(by)], arrayMap(name -> toString(name), names)), auth_facts.at, standing)) AS held
    FROM auth_facts
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'presences' AS table,
        cluster,
        toStartOfMonth(started_at) AS month,
        count() AS rows,
        min(toDateTime64(started_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(started_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], started_at, standing)) AS held
    FROM presences
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'reigns' AS table,
        cluster,
        toStartOfMonth(from_at) AS month,
        count() AS rows,
        min(toDateTime64(from_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(from_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [actor], from_at, standing)) AS held
    FROM reigns
    WHERE from_at > toDateTime64(0, 6, 'UTC')
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'recorded_activity' AS table,
        cluster,
        toStartOfMonth(arrayMax(slice -> slice.2, slices)) AS month,
        count() AS rows,
        min(toDateTime64(arrayMax(slice -> slice.2, slices), 6, 'UTC')) AS oldest_at,
        max(toDateTime64(arrayMax(slice -> slice.2, slices), 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [actor], arrayMax(slice -> slice.2, slices), standing)) AS held
    FROM recorded_activity
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'identity' AS class,
        'failure_facts' AS table,
        cluster,
        toStartOfMonth(attempted_at) AS month,
        count() AS rows,
        min(toDateTime64(attempted_at, 6, 'UTC')) AS oldest_at,
        max(toDateTime64(attempted_at, 6, 'UTC')) AS newest_at,
        countIf(is_held(cluster, [toString(actor)], attempted_at, standing)) AS held
    FROM failure_facts
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        'reads' AS class,
        'audit_access' AS table,
        '' AS cluster,
        toStartOfMonth(audit_access.at) AS month,
        count() AS rows,
        min(audit_access.at) AS oldest_at,
        max(audit_access.at) AS newest_at,
        countIf(is_held('', [toString(reader), toString(on_behalf_of)], audit_access.at, arrayMap(hold -> tuple('', hold.2, hold.3, hold.4), standing))) AS held
    FROM audit_access
    GROUP BY month
) AS stored
LEFT JOIN retention_horizons AS horizon ON horizon.class = stored.class AND horizon.cluster = stored.cluster
COMMENT 'What is stored, per table, cluster and month, and when it is due to go.'
