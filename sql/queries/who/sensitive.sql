-- title: Sensitive access
-- question: Which secrets, shells, tokens, rights and other identities did they touch?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    multiIf(
        sensitive_kind_of(verb, api_group, resource, subresource) != '', sensitive_kind_of(verb, api_group, resource, subresource),
        impersonated_user != '', 'acted as another',
        '') AS kind,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    cluster,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    impersonated_user,
    outcome,
    count() AS requests,
    arraySort(groupUniqArrayIf(toString(client_ip), client_ip != '')) AS addresses,
    argMax(audit_id, requested_at) AS last_audit_id
FROM requests
WHERE actor = {name:String}
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    kind,
    cluster,
    target,
    impersonated_user,
    outcome
HAVING kind != ''
ORDER BY
    last_at DESC,
    target
LIMIT {limit:UInt64}
