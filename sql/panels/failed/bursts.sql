-- title: Bursts of people and scans
-- question: Attempts of one address and program without a pause of five minutes, the latest first. What was wanted shows whether somebody looks around or only one door is stuck.
-- empty: No burst but those of machines.
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
    arrayStringConcat(names_tried, ', ') AS names_tried,
    evidence_ids[1] AS audit_id
FROM failed_attempt_origins
WHERE origin != 'machine'
    AND ended_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY started_at DESC
LIMIT 200
