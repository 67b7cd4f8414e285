-- title: The clusters of the store
-- question: Does it answer, and does it hold anything?
SELECT cluster, platform
FROM clusters
