-- title: Clusters of the store
-- question: Of which clusters was anything delivered?
SELECT DISTINCT toString(cluster) AS cluster
FROM
(
    SELECT cluster
    FROM batches
    UNION ALL
    SELECT cluster
    FROM clusters
)
ORDER BY cluster
