-- title: Addresses
-- question: Where did they come from, and what else came from there?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    client_ip,
    any(toString(client_ip_evidence)) AS client_ip_evidence,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    count() AS requests,
    uniqExact(toDate(requested_at)) AS days,
    arraySort(groupUniqArrayIf(toString(client), client != '')) AS clients,
    any(refused.attempts) AS failed_attempts
FROM requests
LEFT JOIN
(
    SELECT
        client_ip AS address,
        count() AS attempts
    FROM failed_attempts
    WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY address
) AS refused ON refused.address = requests.client_ip
WHERE actor = {name:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY client_ip
ORDER BY
    last_seen_at DESC,
    client_ip
