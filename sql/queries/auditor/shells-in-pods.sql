-- title: Shells in pods
-- question: Who ran commands in which pod?
-- tags: exec
-- attack: T1609 Container Administration Command
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param namespace: namespace, empty for all; default ''
-- param kinds: kinds of identities; default human,service-account
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    arrayStringConcat(extractURLParameters(request_uri) AS parameters, ' ') AS asked,
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
            AND resource = 'pods'
            AND subresource IN ('exec', 'attach')
            AND ({namespace:String} = '' OR namespace = {namespace:String})
    )
    AND resource = 'pods'
    AND subresource IN ('exec', 'attach')
    AND ({namespace:String} = '' OR namespace = {namespace:String})
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
