-- title: Logins
-- question: Who logged in, when, from where and how?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: regular expression of user names; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param all_kinds: whether machines are shown too
-- param limit: most rows returned
SELECT
    login_at,
    cluster,
    platform,
    actor,
    actor_kind,
    method,
    client_name,
    provider,
    client_ip,
    client_ip_evidence,
    user_agent,
    credential_kind,
    credential_id,
    evidence,
    confidence,
    evidence_ids,
    session_id
FROM logins
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({actor:String} = '' OR match(actor, {actor:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({all_kinds:Bool} OR actor_kind IN ('human', 'service-account'))
ORDER BY
    login_at DESC,
    session_id
LIMIT {limit:UInt64}
