-- title: Reads of secrets
-- question: Who read which secret?
-- next: auditradar queries run object-history --param resource=secrets --param name=NAME
-- tags: secrets
-- attack: T1552.007 Container API
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param namespace: namespace of the secrets, empty for all; default ''
-- param name: name of a secret, empty for all; default ''
-- param kinds: kinds of identities; default human
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
            AND resource = 'secrets'
            AND verb IN ('get', 'list', 'watch')
            AND ({namespace:String} = '' OR namespace = {namespace:String})
            AND ({name:String} = '' OR name = {name:String})
    )
    AND resource = 'secrets'
    AND verb IN ('get', 'list', 'watch')
    AND ({namespace:String} = '' OR namespace = {namespace:String})
    AND ({name:String} = '' OR name = {name:String})
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
