-- title: Secrets, shells, rights
-- question: What of it is worth a look: secrets read or changed, shells and tunnels, tokens, rights, admission, acting as another. What was typed in a shell no audit log shows.
-- empty: Nothing sensitive was touched.
-- next: access
SELECT
    max(requested_at) AS last_at,
    if(sensitive_kind_of(verb, api_group, resource, subresource) != '', sensitive_kind_of(verb, api_group, resource, subresource), 'acted as another') AS kind,
    cluster,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    impersonated_user,
    outcome,
    count() AS requests,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND (sensitive_kind_of(verb, api_group, resource, subresource) != '' OR impersonated_user != '')
GROUP BY
    kind,
    cluster,
    target,
    impersonated_user,
    outcome
ORDER BY last_at DESC
LIMIT 200
