-- title: Failed attempts by address
-- question: From where came failed attempts, and what was tried?
-- next: auditradar failures --address ADDRESS
-- tags: failures
-- attack: T1110 Brute Force
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    client_ip,
    class,
    count() AS attempts,
    min(attempted_at) AS first_at,
    max(attempted_at) AS last_at,
    arraySort(groupUniqArrayIf(actor, actor != '')) AS names_tried,
    uniqExact(target) AS targets,
    arraySort(groupUniqArray(3)(user_agent)) AS user_agents
FROM failed_attempts
WHERE attempted_at >= {since:DateTime64(6, 'UTC')}
    AND attempted_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    client_ip,
    class
ORDER BY
    attempts DESC,
    client_ip,
    class
