-- title: Refusals per person
-- question: Who was refused most, and what was asked for?
-- next: auditradar denied --actor NAME
-- tags: failures
-- attack: T1069 Permission Groups Discovery
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    actor,
    count() AS refused,
    uniqExact(target) AS targets,
    min(denied_at) AS first_at,
    max(denied_at) AS last_at,
    topK(3)(target) AS most_often,
    arraySort(groupUniqArray(client_ip)) AS addresses
FROM denied_requests
WHERE denied_at >= {since:DateTime64(6, 'UTC')}
    AND denied_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND actor_kind = 'human'
GROUP BY
    cluster,
    actor
ORDER BY
    refused DESC,
    actor
