-- title: Who is in now
-- question: Open sessions, the newest activity first. Open means: seen within the gap before the newest event of the cluster.
-- empty: Nobody is in.
SELECT
    last_seen_at,
    actor,
    cluster,
    platform,
    client_ip,
    method,
    provider,
    arrayStringConcat(clients, ', ') AS clients,
    arrayStringConcat(acting_as, ', ') AS acting_as,
    started_at,
    requests,
    writes,
    denied,
    confidence,
    first_audit_id AS audit_id
FROM sessions
WHERE end_reason = 'open'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY last_seen_at DESC
LIMIT 200
