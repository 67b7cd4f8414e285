-- title: Logins
-- question: Every login of the range, newest first, with what proves it. The proof of an inferred login is the first request of its session.
-- empty: Nobody logged in.
-- queries: logins-outside-hours logins-from-new-networks
SELECT
    login_at,
    confidence,
    actor,
    cluster,
    platform,
    client_ip,
    client_ip_evidence,
    method,
    client_name,
    provider,
    credential_kind,
    evidence,
    user_agent,
    evidence_ids[1] AS audit_id
FROM logins
WHERE $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY login_at DESC
LIMIT 500
