-- title: Platforms
-- question: Which platforms are there?
SELECT DISTINCT platform
FROM clusters
ORDER BY platform
LIMIT 100
