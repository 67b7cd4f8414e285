-- title: Acting for others
-- question: Whom they acted as, and who acted as them (kubectl --as, consoles, GitOps). Changes made that way belong to the one who acted.
-- empty: Nobody acted as another.
SELECT
    if(actor = decodeURLComponent('${actor:percentencode}'), 'acted as', 'was acted for by') AS relation,
    if(actor = decodeURLComponent('${actor:percentencode}'), impersonated_user, actor) AS other,
    cluster,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    count() AS requests,
    countIf(is_denied(code, decision)) AS denied,
    argMax(audit_id, requested_at) AS audit_id
FROM requests
WHERE impersonated_user != ''
    AND (actor = decodeURLComponent('${actor:percentencode}') OR impersonated_user = decodeURLComponent('${actor:percentencode}'))
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE impersonated_user != '' AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    relation,
    other,
    cluster
ORDER BY last_at DESC
LIMIT 100
