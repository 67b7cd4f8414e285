-- title: Programs used for the first time
-- question: Who used a program that this person never used before?
-- next: auditradar events --actor NAME --client PROGRAM
-- tags: logins
-- attack: T1078 Valid Accounts
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param since: first moment of the range
SELECT
    first_at,
    cluster,
    actor,
    client,
    user_agent,
    client_ip,
    requests,
    evidence_ids
FROM
(
    SELECT
        min(requested_at) AS first_at,
        cluster,
        actor,
        client,
        argMin(user_agent, requested_at) AS user_agent,
        argMin(client_ip, requested_at) AS client_ip,
        count() AS requests,
        [argMin(audit_id, requested_at)] AS evidence_ids,
        min(first_at) OVER (PARTITION BY cluster, actor) AS known_since
    FROM requests
    WHERE actor_kind = 'human'
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor,
        client
)
WHERE first_at >= {since:DateTime64(6, 'UTC')}
    AND first_at > known_since
ORDER BY
    first_at,
    cluster,
    actor
