-- title: Changes of identity providers
-- question: Who changed how people log in?
-- tags: privileges, logins
-- attack: T1556 Modify Authentication Process
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
            AND ((resource IN ('oauths', 'authentications') AND api_group IN ('config.openshift.io', 'operator.openshift.io'))
                OR (resource = 'secrets' AND namespace = 'openshift-config')
                OR (resource = 'secrets' AND namespace = 'kube-system' AND name = 'kubeadmin')
                OR (resource = 'configmaps' AND namespace = 'kube-system' AND name = 'aws-auth')
                OR (resource IN ('identities', 'useridentitymappings', 'users', 'groups') AND api_group = 'user.openshift.io'))
            AND is_write(verb, resource, subresource)
    )
    AND ((resource IN ('oauths', 'authentications') AND api_group IN ('config.openshift.io', 'operator.openshift.io'))
        OR (resource = 'secrets' AND namespace = 'openshift-config')
        OR (resource = 'secrets' AND namespace = 'kube-system' AND name = 'kubeadmin')
        OR (resource = 'configmaps' AND namespace = 'kube-system' AND name = 'aws-auth')
        OR (resource IN ('identities', 'useridentitymappings', 'users', 'groups') AND api_group = 'user.openshift.io'))
    AND is_write(verb, resource, subresource)
    AND outcome = 'success'
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
