-- title: Sessions
-- question: When they were in, from where, how long, and how each session ended.
-- empty: No session in this range.
-- next: logins
SELECT
    started_at,
    last_seen_at,
    duration_seconds,
    cluster,
    client_ip,
    method,
    provider,
    arrayStringConcat(clients, ', ') AS clients,
    arrayStringConcat(acting_as, ', ') AS acting_as,
    requests,
    writes,
    denied,
    end_reason,
    ended_by,
    evidence,
    confidence,
    first_audit_id AS audit_id
FROM sessions
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY started_at DESC
LIMIT 200
