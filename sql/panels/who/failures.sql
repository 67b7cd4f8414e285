-- title: Failed attempts from their addresses
-- question: Whether anybody was refused at an address they use. An API server does not say who tried; the address may be shared.
-- empty: Nobody was refused at an address they use.
-- next: failed
SELECT
    started_at,
    ended_at,
    origin,
    cluster,
    class,
    client_ip,
    client,
    attempts,
    distinct_targets,
    arrayStringConcat(targets, ', ') AS targets,
    evidence_ids[1] AS audit_id
FROM failed_attempt_origins
WHERE client_ip != ''
    AND client_ip IN (
        SELECT arrayJoin(addresses)
        FROM sessions
        WHERE actor = decodeURLComponent('${actor:percentencode}'))
    AND ended_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY started_at DESC
LIMIT 100
