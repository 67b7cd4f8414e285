-- title: Blind spots
-- question: What cannot be known here, why, and what would help?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    topic,
    blind_spot,
    why,
    since,
    remedy
FROM blind_spots
WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    cluster,
    topic,
    blind_spot
