-- title: Sessions for this gap
-- question: The sessions of the range, cut where nothing was seen for longer than the gap chosen above. Computed on the fly from activity by the minute; the other panels keep the configured gap.
-- empty: Nobody was in.
SELECT
    started_at,
    last_seen_at,
    duration_seconds,
    actor,
    cluster,
    client_ip,
    method,
    requests,
    writes,
    denied,
    end_reason,
    evidence,
    first_audit_id AS audit_id
FROM sessions_with_gap(gap_seconds = greatest(60, toUInt32OrZero('${gap:percentencode}')), since = $__fromTime_ms, until = $__toTime_ms)
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY started_at DESC
LIMIT 500
