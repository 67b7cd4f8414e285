-- title: Every failed attempt
-- question: The latest attempts, one a row, with the answer of the server and the event that proves it.
-- empty: Nobody failed.
SELECT
    attempted_at AS at,
    cluster,
    class,
    actor,
    client_ip,
    user_agent,
    target,
    reason,
    evidence_ids[1] AS audit_id
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY at DESC
LIMIT 300
