-- title: Stages
-- question: Every stage of the request as it was logged, copies of other API servers among them. A client may choose the audit id, so strangers may share one.
-- empty: No event with this audit id. Paste one into the field above, or click a proof on another page.
SELECT
    stage_at,
    stage,
    cluster,
    component,
    level,
    actor,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    code,
    outcome,
    client_ip
FROM events
WHERE audit_id = decodeURLComponent('${audit_id:percentencode}')
ORDER BY stage_at
LIMIT 50
