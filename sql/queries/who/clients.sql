-- title: Programs
-- question: What did they use?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    client,
    user_agent,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    count() AS requests
FROM requests
WHERE actor = {name:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    client,
    user_agent
ORDER BY
    last_seen_at DESC,
    user_agent
