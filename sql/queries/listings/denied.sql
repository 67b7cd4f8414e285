-- title: Refused requests
-- question: Which known users asked for what they may not do?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: regular expression of user names; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param all_kinds: whether machines are shown too
-- param limit: most rows returned
SELECT
    denied_at,
    cluster,
    platform,
    actor,
    actor_kind,
    effective_user,
    client_ip,
    client_ip_evidence,
    client,
    user_agent,
    verb,
    api_group,
    resource,
    subresource,
    namespace,
    name,
    target,
    reason,
    evidence_ids
FROM denied_requests
WHERE denied_at >= {since:DateTime64(6, 'UTC')}
    AND denied_at < {until:DateTime64(6, 'UTC')}
    AND denied_at IN (
        SELECT requested_at
        FROM events
        WHERE code = 403)
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({actor:String} = '' OR match(actor, {actor:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({all_kinds:Bool} OR actor_kind = 'human' OR (cluster, actor) IN (
        SELECT
            cluster,
            actor
        FROM sessions))
ORDER BY
    denied_at DESC,
    evidence_ids
LIMIT {limit:UInt64}
