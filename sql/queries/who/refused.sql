-- title: Refused
-- question: What did they ask for that they may not do?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    max(denied_at) AS last_at,
    cluster,
    target,
    effective_user,
    count() AS requests,
    argMax(reason, denied_at) AS reason,
    arraySort(groupUniqArray(toString(client_ip))) AS addresses
FROM denied_requests
WHERE actor = {name:String}
    AND denied_at >= {since:DateTime64(6, 'UTC')}
    AND denied_at < {until:DateTime64(6, 'UTC')}
    AND denied_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String}
            AND code = 403)
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    target,
    effective_user
ORDER BY
    last_at DESC,
    target
LIMIT {limit:UInt64}
