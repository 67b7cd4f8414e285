-- title: Anonymous requests that succeeded
-- question: What did somebody without any credential get?
-- tags: failures, hygiene
-- attack: T1190 Exploit Public-Facing Application
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    code,
    count() AS requests,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
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
            AND actor_kind = 'anonymous'
            AND outcome = 'success'
            AND NOT is_health_probe(verb, request_uri)
            AND component != 'oauth-server'
    )
    AND actor_kind = 'anonymous'
    AND outcome = 'success'
    AND NOT is_health_probe(verb, request_uri)
    AND component != 'oauth-server'
GROUP BY
    cluster,
    client_ip,
    target,
    code
ORDER BY
    first_at,
    target
