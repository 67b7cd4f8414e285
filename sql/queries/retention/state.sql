-- title: Retention state
-- question: How much is kept of each class, since when, and is anything past due?
SELECT *
FROM retention_state
ORDER BY
    class,
    table,
    cluster
