-- title: Changes of roles and bindings
-- question: Who changed which right, and what was it before?
-- next: auditradar queries run object-history --param resource=clusterrolebindings --param name=NAME
-- tags: privileges
-- attack: T1098.006 Additional Container Cluster Roles
-- param until: moment after the range
-- param since: first moment of the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT
    requested_at,
    cluster,
    actor,
    verb,
    resource,
    namespace,
    binding AS name,
    before,
    after,
    [audit_id] AS evidence_ids
FROM
(
    SELECT
        *,
        if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name')) AS binding,
        if(verb = 'delete', '', concat(
            JSONExtractString(raw, 'requestObject', 'roleRef', 'name'),
            JSONExtractRaw(raw, 'requestObject', 'subjects'),
            JSONExtractRaw(raw, 'requestObject', 'rules'))) AS after,
        lagInFrame(after, 1, '') OVER (PARTITION BY cluster, resource, namespace, binding ORDER BY requested_at) AS before
    FROM requests
    WHERE requested_at < {until:DateTime64(6, 'UTC')}
        AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE api_group = 'rbac.authorization.k8s.io')
        AND api_group = 'rbac.authorization.k8s.io'
        AND resource IN ('clusterrolebindings', 'rolebindings', 'clusterroles', 'roles')
        AND is_write(verb, resource, subresource)
        AND outcome = 'success'
)
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster
