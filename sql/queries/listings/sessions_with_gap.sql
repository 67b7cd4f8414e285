-- title: Sessions for a gap of your choice
-- question: What were the sessions, if one ended after another silence than session_gap?
-- param gap_seconds: silence that ends a session, in seconds
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: regular expression of user names; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param all_kinds: whether machines are shown too
-- param open_only: whether only open sessions are shown
-- param limit: most rows returned
SELECT
    session_id,
    cluster,
    platform,
    actor,
    actor_kind,
    credential_kind,
    credential_id,
    credentials,
    client_ip,
    client_ip_evidence,
    addresses,
    user_agent,
    method,
    client_name,
    provider,
    clients,
    acting_as,
    started_at,
    last_seen_at,
    ended_at,
    end_reason,
    ended_by,
    duration_seconds,
    requests,
    writes,
    denied,
    evidence,
    confidence,
    login_at,
    login_ids,
    first_audit_id,
    last_audit_id,
    end_ids
FROM sessions_with_gap(gap_seconds = {gap_seconds:UInt32}, since = {since:DateTime64(6, 'UTC')}, until = {until:DateTime64(6, 'UTC')})
WHERE last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({actor:String} = '' OR match(actor, {actor:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({all_kinds:Bool} OR actor_kind IN ('human', 'service-account'))
    AND (NOT {open_only:Bool} OR end_reason = 'open')
ORDER BY
    started_at DESC,
    session_id
LIMIT {limit:UInt64}
