-- title: Sessions
-- question: When did they work?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    started_at,
    last_seen_at,
    ended_at,
    cluster,
    platform,
    method,
    provider,
    client_ip,
    duration_seconds,
    requests,
    writes,
    denied,
    acting_as,
    end_reason,
    ended_by,
    evidence,
    confidence,
    session_id
FROM sessions
WHERE actor = person_of({name:String})
    AND last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    started_at DESC,
    session_id
LIMIT {limit:UInt64}
