CREATE OR REPLACE VIEW retention_state
(
    class String COMMENT 'Class of the policy: events, identity, access, rejected, rollups or reads.',
    table String COMMENT 'Table that holds the rows.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster; empty for who read the audit log, which belongs to none.',
    rows UInt64 COMMENT 'Rows stored, copies that are not merged yet among them.',
    bytes UInt64 COMMENT 'Their share of the table''s size on disk, compressed.',
    oldest_at DateTime64(6, 'UTC') COMMENT 'Moment of the oldest row.',
    newest_at DateTime64(6, 'UTC') COMMENT 'Moment of the newest row.',
    held UInt64 COMMENT 'Rows that a legal hold covers; they are never past due.',
    keep_days Int32 COMMENT 'Days that the class is kept after the end of a month; 0 for ever.',
    past_due UInt64 COMMENT 'Rows that should have gone already; 0 for a table that is recomputed from others, whose rows go with theirs.'
)
AS
SELECT
    months.class AS class,
    months.table AS table,
    months.cluster AS cluster,
    sum(months.rows) AS rows,
    toUInt64(any(disk.bytes) * rows / any(disk.rows)) AS bytes,
    min(months.oldest_at) AS oldest_at,
    max(months.newest_at) AS newest_at,
    sum(months.held) AS held,
    any(months.keep_days) AS keep_days,
    sumIf(months.rows - months.held, months.expires_on <= today()) AS past_due
FROM retention_months AS months
LEFT JOIN
(
    SELECT
        table,
        sum(bytes_on_disk) AS bytes,
        greatest(1, sum(rows)) AS rows
    FROM system.parts
    WHERE active AND database = currentDatabase()
    GROUP BY table
) AS disk ON disk.table = months.table
GROUP BY
    class,
    table,
    cluster
COMMENT 'How much is kept of each class, since when, and whether anything is past due. The oldest row kept proves how far back one can look.'
