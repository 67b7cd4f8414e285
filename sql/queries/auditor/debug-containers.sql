-- title: Debug containers
-- question: Who added a container to a running pod, or a debugging pod to a node?
-- tags: exec
-- attack: T1609 Container Administration Command
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
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
            AND (subresource = 'ephemeralcontainers' OR (resource = 'pods' AND verb = 'create'))
    )
    AND (subresource = 'ephemeralcontainers'
        OR (resource = 'pods' AND verb = 'create' AND match(if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name')), '^(node-debugger-|.*-debug(-|$))')))
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
