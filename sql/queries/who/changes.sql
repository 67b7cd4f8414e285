-- title: Changes
-- question: What did they change?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    max(requested_at) AS last_at,
    cluster,
    verb,
    if(subresource = '', toString(resource), concat(resource, '/', subresource)) AS what,
    namespace,
    arraySort(groupUniqArrayIf(5)(name, name != '')) AS names,
    uniqExactIf(name, name != '') AS distinct_names,
    outcome,
    count() AS requests,
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
    AND is_write(verb, resource, subresource)
GROUP BY
    cluster,
    verb,
    what,
    namespace,
    outcome
ORDER BY
    last_at DESC,
    what,
    verb
LIMIT {limit:UInt64}
