-- title: Sessions
-- question: Every session that touches the range, how long it was, what was done in it and how it ended. Idle: nothing was seen for longer than the gap.
-- empty: Nobody was in.
-- queries: concurrent-sessions long-sessions
SELECT
    started_at,
    last_seen_at,
    duration_seconds,
    actor,
    cluster,
    client_ip,
    method,
    provider,
    requests,
    writes,
    denied,
    arrayStringConcat(acting_as, ', ') AS acting_as,
    end_reason,
    ended_by,
    evidence,
    confidence,
    first_audit_id AS audit_id
FROM sessions
WHERE last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY started_at DESC
LIMIT 500
