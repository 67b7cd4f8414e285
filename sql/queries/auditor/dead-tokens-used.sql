-- title: Use of dead tokens
-- question: Who tried a token that had expired or been revoked?
-- tags: failures, tokens
-- attack: T1550.001 Application Access Token
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    attempted_at,
    cluster,
    actor,
    client_ip,
    user_agent,
    target,
    reason,
    evidence_ids
FROM failed_attempts
WHERE attempted_at >= {since:DateTime64(6, 'UTC')}
    AND attempted_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND class = 'unknown-or-expired-token'
ORDER BY
    attempted_at,
    cluster
