-- title: Months to verify
-- question: For which clusters and months are there events, digests or rejected records?
-- param cluster: regular expression for the clusters; empty for all
-- param since: from this moment on
-- param until: before this moment
SELECT
    months.cluster AS cluster,
    kind,
    months.month AS month,
    max(horizon.expired_before) AS expired_before,
    sum(entries) AS entries
FROM
(
    SELECT
        cluster,
        toString(kind) AS kind,
        month,
        sum(length(entries)) AS entries
    FROM digests
    GROUP BY
        cluster,
        kind,
        month
    UNION ALL
    SELECT
        cluster,
        'event' AS kind,
        toStartOfMonth(requested_at) AS month,
        0 AS entries
    FROM events
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        cluster,
        'rejected' AS kind,
        toStartOfMonth(received_at) AS month,
        0 AS entries
    FROM rejected
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        cluster,
        'identity' AS kind,
        toStartOfMonth(at) AS month,
        0 AS entries
    FROM auth_records
    WHERE raw != ''
    GROUP BY
        cluster,
        month
    UNION ALL
    SELECT
        cluster,
        'access' AS kind,
        toStartOfMonth(accepted_at) AS month,
        0 AS entries
    FROM access_records
    GROUP BY
        cluster,
        month
) AS months
LEFT JOIN retention_horizons AS horizon
    ON horizon.cluster = months.cluster
    AND horizon.class = transform(kind, ['event'], ['events'], kind)
WHERE match(months.cluster, {cluster:String})
    AND months.month < {until:DateTime64(6, 'UTC')}
    AND months.month >= toStartOfMonth({since:DateTime64(6, 'UTC')})
GROUP BY
    cluster,
    kind,
    month
ORDER BY
    month,
    cluster,
    kind
