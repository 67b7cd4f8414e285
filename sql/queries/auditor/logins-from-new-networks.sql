-- title: First login from a network
-- question: Who logged in from a network that this person never used before?
-- next: auditradar sessions --actor NAME
-- tags: logins
-- attack: T1078 Valid Accounts
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(login_at) AS first_login_at,
    cluster,
    actor,
    network,
    argMin(client_ip, login_at) AS client_ip,
    argMin(method, login_at) AS method,
    count() AS logins,
    argMin(evidence_ids, login_at) AS evidence_ids
FROM
(
    SELECT
        *,
        min(login_at) OVER (PARTITION BY cluster, actor) AS known_since,
        if(position(client_ip, ':') > 0,
            cutIPv6(toIPv6OrDefault(client_ip), 10, 0),
            replaceOne(cutIPv6(toIPv6OrDefault(concat('::ffff:', client_ip)), 0, 1), '::ffff:', '')) AS network
    FROM logins
    WHERE client_ip != ''
)
GROUP BY
    cluster,
    actor,
    network
HAVING first_login_at >= {since:DateTime64(6, 'UTC')}
    AND first_login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND first_login_at > min(known_since)
ORDER BY
    first_login_at,
    cluster,
    actor
