-- title: Names that match
-- question: Which identities have such a name?
-- param pattern: regular expression of user names
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    user_name,
    actor_kind(user_name) AS actor_kind,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    uniqExact(request_hash_of(component, audit_id, requested_at)) AS requests
FROM events
ARRAY JOIN arrayDistinct([toString(actor), toString(effective_user)]) AS user_name
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND (match(actor, {pattern:String}) OR match(effective_user, {pattern:String}))
    AND match(user_name, {pattern:String})
GROUP BY user_name
ORDER BY
    actor_kind = 'human' DESC,
    requests DESC,
    user_name
LIMIT {limit:UInt64}
