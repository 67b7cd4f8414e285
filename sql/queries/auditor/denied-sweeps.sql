-- title: Somebody tries what is allowed
-- question: Who was refused many different things within an hour?
-- next: auditradar denied --actor NAME
-- tags: failures
-- attack: T1613 Container and Resource Discovery
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param targets: least number of different targets; default 10
SELECT
    toStartOfHour(denied_at) AS hour,
    cluster,
    actor,
    client_ip,
    uniqExact(target) AS targets,
    count() AS refused,
    groupArray(5)(evidence_ids[1]) AS evidence_ids
FROM denied_requests
WHERE denied_at >= {since:DateTime64(6, 'UTC')}
    AND denied_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND actor_kind IN ('human', 'service-account')
GROUP BY
    hour,
    cluster,
    actor,
    client_ip
HAVING targets >= {targets:UInt32}
ORDER BY
    hour,
    cluster,
    actor
