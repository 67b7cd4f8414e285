-- title: Use of one credential
-- question: From where, when and with what was this credential used?
-- next: auditradar who NAME
-- tags: incident, tokens
-- attack: T1550 Use Alternate Authentication Material
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param credential: credential id as the platform writes it
SELECT
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    cluster,
    actor,
    client_ip,
    client,
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
            AND credential_id = {credential:String}
    )
    AND credential_id = {credential:String}
GROUP BY
    cluster,
    actor,
    client_ip,
    client
ORDER BY
    first_at,
    client_ip
