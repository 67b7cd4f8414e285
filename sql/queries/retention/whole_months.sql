-- title: Months that can be dropped
-- question: Of which months is every row of a table due, for all clusters, and none held?
SELECT
    table,
    toString(toYYYYMM(month)) AS partition
FROM retention_months
WHERE table IN
(
    SELECT name
    FROM system.tables
    WHERE database = currentDatabase()
        AND partition_key != ''
)
GROUP BY
    table,
    month
HAVING max(expires_on) <= today()
    AND sum(held) = 0
ORDER BY
    table,
    partition
