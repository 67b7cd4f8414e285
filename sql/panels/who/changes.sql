-- title: Changes
-- question: What they changed, the latest first, tried changes included. The contents of a change are in the raw event, if the audit policy recorded them.
-- empty: Nothing was changed.
-- queries: timeline
SELECT
    max(requested_at) AS last_at,
    cluster,
    verb,
    if(subresource = '', toString(resource), concat(resource, '/', subresource)) AS what,
    namespace,
    arrayStringConcat(arraySort(groupUniqArrayIf(5)(name, name != '')), ', ') AS names,
    outcome,
    count() AS requests,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND is_write(verb, resource, subresource)
GROUP BY
    cluster,
    verb,
    what,
    namespace,
    outcome
ORDER BY last_at DESC
LIMIT 200
