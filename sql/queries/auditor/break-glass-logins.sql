-- title: Logins with an emergency identity
-- question: Who logged in as an identity that is meant for emergencies?
-- next: auditradar queries run timeline --param actor=NAME
-- tags: logins, privileges
-- attack: T1078.001 Default Accounts
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    login_at,
    cluster,
    actor,
    method,
    client_ip,
    credential_kind,
    credential_id,
    session_id,
    evidence_ids
FROM logins
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND is_break_glass(actor)
ORDER BY
    login_at,
    cluster,
    actor
