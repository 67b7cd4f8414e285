-- title: People with client certificates
-- question: Who works with a client certificate, which cannot be revoked?
-- next: auditradar queries run shared-certificates
-- tags: hygiene
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    actor,
    credential_id,
    min(requested_at) AS first_seen_at,
    max(requested_at) AS last_seen_at,
    arraySort(groupUniqArray(client_ip)) AS addresses,
    count() AS requests
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
            AND actor_kind = 'human'
            AND credential_kind = 'x509'
    )
    AND actor_kind = 'human'
    AND credential_kind = 'x509'
GROUP BY
    cluster,
    actor,
    credential_id
ORDER BY
    cluster,
    actor,
    credential_id
