-- title: Failed attempts from their addresses
-- question: Was anybody refused under their name, or at an address they use?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    started_at,
    ended_at,
    cluster,
    class,
    client_ip,
    client,
    names_tried,
    attempts,
    distinct_targets,
    targets,
    evidence_ids
FROM failed_attempt_bursts
WHERE (has(names_tried, {name:String})
    OR client_ip != '' AND client_ip IN (
        SELECT client_ip
        FROM requests
        WHERE actor = {name:String}
            AND requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND requested_at IN (
                SELECT requested_at
                FROM events
                WHERE actor = {name:String})
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    ))
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    started_at DESC,
    client_ip
LIMIT {limit:UInt64}
