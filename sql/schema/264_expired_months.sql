-- What is derived of the events of these months cannot be made again, for some or all of them are gone.
CREATE OR REPLACE VIEW expired_months
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    month Date COMMENT 'First day of a month whose events were due to go.'
)
AS
SELECT
    months.cluster AS cluster,
    months.month AS month
FROM
(
    SELECT
        cluster,
        toStartOfMonth(minute) AS month
    FROM activity
    UNION DISTINCT
    SELECT
        cluster,
        toStartOfMonth(minute) AS month
    FROM instants
    UNION DISTINCT
    SELECT
        cluster,
        toStartOfMonth(requested_at) AS month
    FROM forwarded_requests
    UNION DISTINCT
    SELECT
        cluster,
        toStartOfMonth(attempted_at) AS month
    FROM refusals
    UNION DISTINCT
    SELECT
        cluster,
        toStartOfMonth(hour) AS month
    FROM minutes_seen
    UNION DISTINCT
    SELECT
        cluster,
        toStartOfMonth(at) AS month
    FROM auth_records
) AS months
INNER JOIN retention_horizons AS horizon
    ON horizon.cluster = months.cluster
    AND horizon.class = 'events'
WHERE months.month < horizon.expired_before
COMMENT 'Months whose events were due to go while what was derived of them is kept.'
