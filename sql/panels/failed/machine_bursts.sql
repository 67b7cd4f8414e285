-- title: Machines that fail again and again
-- question: Which machine knocks at which door with a credential nobody accepts. Renew or remove the credential; the noise hides real attempts and costs storage.
-- empty: No machine failed again and again.
SELECT
    started_at,
    ended_at,
    cluster,
    class,
    client_ip,
    client,
    attempts,
    arrayStringConcat(targets, ', ') AS targets,
    evidence_ids[1] AS audit_id
FROM failed_attempt_origins
WHERE origin = 'machine'
    AND ended_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY attempts DESC
LIMIT 100
