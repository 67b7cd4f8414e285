-- Everything that was ever due: a policy that was shorter once has removed what a longer one of today would keep.
CREATE OR REPLACE VIEW retention_horizons
(
    class LowCardinality(String) COMMENT 'events, identity, access, rejected, rollups or reads.',
    cluster String COMMENT 'Label of the audited Kubernetes cluster; empty for rows that belong to none.',
    keep_days Int32 COMMENT 'Days that rows are kept after the end of their month; 0 for ever.',
    expired_before Date COMMENT 'Rows of months before this day were due to be removed, today or under an earlier policy; 1970-01-01 when none were.'
)
AS
SELECT
    class,
    cluster,
    argMax(days, sequence) AS keep_days,
    max(if(days <= 0, toDate(0), toStartOfMonth(ended - toIntervalDay(days)))) AS expired_before
FROM
(
    SELECT
        class,
        name AS cluster,
        sequence,
        toDate(leadInFrame(toNullable(at), 1, now64(6)) OVER (PARTITION BY class, name ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 'UTC') AS ended,
        last_value(if(retention_log.cluster = '', new_days, NULL)) IGNORE NULLS OVER earlier AS common,
        last_value(if(retention_log.cluster = '', NULL, new_days)) IGNORE NULLS OVER earlier AS own,
        if(coalesce(own, -1) < 0, coalesce(common, 0), own) AS days
    FROM retention_log
    INNER JOIN
    (
        SELECT DISTINCT toString(cluster) AS name
        FROM batches
        UNION ALL
        SELECT '' AS name
    ) AS known ON retention_log.cluster IN ('', known.name)
    WINDOW earlier AS (PARTITION BY class, name ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
GROUP BY
    class,
    cluster
COMMENT 'How long each class is kept per cluster, and before which day everything was due to go. No row: kept for ever.'
