-- title: Everything one identity did
-- question: What did this identity do, in order?
-- next: auditradar who NAME
-- tags: incident
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: user name, exactly
-- param reads: whether harmless reads are listed too; default true
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    client,
    outcome,
    sensitive_kind_of(verb, api_group, resource, subresource) AS sensitive,
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
            AND (actor = {actor:String} OR impersonated_user = {actor:String})
    )
    AND (actor = {actor:String} OR impersonated_user = {actor:String})
    AND ({reads:Bool} OR is_write(verb, resource, subresource) OR sensitive_kind_of(verb, api_group, resource, subresource) != '' OR code >= 400)
ORDER BY
    requested_at,
    cluster,
    audit_id
