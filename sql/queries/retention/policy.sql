-- title: Policy in force
-- question: How long is each class kept, and for which clusters otherwise?
SELECT
    class,
    retention_log.cluster AS cluster,
    argMax(new_days, sequence) AS days
FROM retention_log
GROUP BY
    class,
    cluster
