-- title: Logouts and other ends
-- question: Every end of a session, newest first, with who brought it about. Only a logout or a revocation has a record, which is its proof; an expiry or silence has none, so the proof shown is the last sign of the session.
-- empty: No session ended.
-- next: who
SELECT
    assumeNotNull(sessions.ended_at) AS ended_at,
    end_reason,
    if(end_reason IN ('logout', 'revoked'), 'recorded', 'inferred') AS end_known,
    actor,
    ended_by,
    cluster,
    client_ip,
    method,
    provider,
    started_at,
    duration_seconds,
    last_audit_id AS audit_id
FROM sessions
WHERE end_reason != 'open'
    AND sessions.ended_at BETWEEN $__fromTime_ms AND $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY ended_at DESC
LIMIT 500
