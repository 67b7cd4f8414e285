-- title: History of one object
-- question: Who touched this object, and how?
-- tags: incident
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param resource: plural of the resource, such as secrets
-- param namespace: namespace, empty for any; default ''
-- param name: name of the object
-- param reads: whether reads are listed too; default true
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    verb,
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
            AND resource = {resource:String}
            AND ({namespace:String} = '' OR namespace = {namespace:String})
            AND ({reads:Bool} OR is_write(verb, resource, subresource))
            AND (name = {name:String} OR (name = '' AND verb = 'create'))
    )
    AND resource = {resource:String}
    AND ({namespace:String} = '' OR namespace = {namespace:String})
    AND (name = {name:String} OR (name = '' AND verb = 'create' AND JSONExtractString(raw, 'requestObject', 'metadata', 'name') = {name:String}))
    AND ({reads:Bool} OR is_write(verb, resource, subresource))
ORDER BY
    requested_at,
    cluster,
    audit_id
