-- title: Host folders mounted
-- question: Who mounted folders of a node into a pod?
-- tags: privileges, workloads
-- attack: T1611 Escape to Host
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT
    requested_at,
    cluster,
    actor,
    namespace,
    if(name != '', name, JSONExtractString(raw, 'requestObject', 'metadata', 'name')) AS object,
    resource,
    arrayFilter(path -> path != '', arrayMap(
        volume -> JSONExtractString(volume, 'hostPath', 'path'),
        JSONExtractArrayRaw(spec, 'volumes'))) AS paths,
    [audit_id] AS evidence_ids
FROM
(
    SELECT
        *,
        if(resource = 'pods', JSONExtractRaw(raw, 'requestObject', 'spec'), JSONExtractRaw(raw, 'requestObject', 'spec', 'template', 'spec')) AS spec
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
                AND resource IN ('pods', 'deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs')
                AND subresource = ''
                AND verb IN ('create', 'update', 'patch')
                AND outcome = 'success'
                AND actor_kind IN {kinds:Array(String)}
        )
        AND resource IN ('pods', 'deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs')
        AND subresource = ''
        AND verb IN ('create', 'update', 'patch')
        AND outcome = 'success'
        AND actor_kind IN {kinds:Array(String)}
)
WHERE notEmpty(paths)
ORDER BY
    requested_at,
    cluster
