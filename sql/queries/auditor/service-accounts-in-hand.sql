-- title: Service accounts used by people
-- question: Which service account was used with a program for people?
-- next: auditradar queries run issued-tokens
-- tags: hygiene, tokens
-- attack: T1528 Steal Application Access Token
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    cluster,
    actor,
    client,
    client_ip,
    count() AS requests,
    countIf(is_write(verb, resource, subresource)) AS writes,
    groupArray(3)(audit_id) AS evidence_ids
FROM requests
WHERE (cluster, requested_at) IN
    (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
            AND actor_kind = 'service-account'
            AND is_interactive(user_agent)
    )
    AND actor_kind = 'service-account'
    AND is_interactive(user_agent)
GROUP BY
    cluster,
    actor,
    client,
    client_ip
ORDER BY
    first_at,
    cluster,
    actor
