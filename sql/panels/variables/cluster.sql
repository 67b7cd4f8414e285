-- title: Clusters
-- question: Which clusters are there?
SELECT cluster
FROM clusters
ORDER BY cluster
LIMIT 1000
