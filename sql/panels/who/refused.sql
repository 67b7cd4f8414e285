-- title: Refused
-- question: What they asked for and may not do. Needs a known name: attempts that failed before are below.
-- empty: Nothing was refused.
SELECT
    max(requested_at) AS last_at,
    cluster,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    effective_user,
    count() AS requests,
    argMax(message, requested_at) AS reason,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND is_denied(code, decision)
GROUP BY
    cluster,
    target,
    effective_user
ORDER BY last_at DESC
LIMIT 200
