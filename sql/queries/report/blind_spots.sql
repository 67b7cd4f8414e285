-- title: Blind spots
-- question: What can the record of each cluster not show, and why?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    topic,
    blind_spot,
    why,
    remedy
FROM blind_spots
WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY ALL
