-- title: Changes of OAuth clients
-- question: Who changed a program that may ask for tokens?
-- tags: privileges, logins
-- attack: T1550.001 Application Access Token
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    [audit_id] AS evidence_ids
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
            AND resource IN ('oauthclients', 'oauthclientauthorizations')
            AND is_write(verb, resource, subresource)
    )
    AND resource IN ('oauthclients', 'oauthclientauthorizations')
    AND is_write(verb, resource, subresource)
    AND outcome = 'success'
ORDER BY
    requested_at,
    cluster,
    audit_id
