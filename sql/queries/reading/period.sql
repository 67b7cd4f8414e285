-- title: Period of the store
-- question: From when to when are events known?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(first_event_at) AS oldest,
    max(last_event_at) AS newest
FROM clusters
WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
HAVING count() > 0
