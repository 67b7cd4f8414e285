-- title: Every failed attempt
-- question: The latest attempts, one a row, with the name where a log knows it, the answer of the server and the record that proves it. No name: the API server does not say who tried.
-- empty: Nobody failed.
-- queries: anonymous-successes
SELECT
    attempted_at AS at,
    cluster,
    class,
    actor,
    client_ip,
    client_ip_evidence,
    user_agent,
    target,
    reason,
    evidence,
    evidence_ids[1] AS audit_id
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY at DESC
LIMIT 300
