-- title: Network policies deleted
-- question: Who removed a network policy?
-- tags: privileges
-- attack: T1562.007 Disable or Modify Cloud Firewall
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
            AND resource IN ('networkpolicies', 'adminnetworkpolicies', 'baselineadminnetworkpolicies', 'egressfirewalls')
            AND verb IN ('delete', 'deletecollection')
    )
    AND resource IN ('networkpolicies', 'adminnetworkpolicies', 'baselineadminnetworkpolicies', 'egressfirewalls')
    AND verb IN ('delete', 'deletecollection')
    AND outcome = 'success'
ORDER BY
    requested_at,
    cluster,
    audit_id
