-- title: Requests as somebody else
-- question: Who acted as somebody else, and was it allowed?
-- tags: privileges
-- attack: T1134 Access Token Manipulation
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
    outcome,
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
            AND impersonated_user != ''
    )
    AND impersonated_user != ''
ORDER BY
    requested_at,
    cluster,
    audit_id
