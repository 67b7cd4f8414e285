-- title: Tokens used where their workload never was
-- question: Tokens of service accounts that turned up at an address new to their service account: who had them made, where, with what they were used. Elsewhere: not the first address of the token, or a person had it made. Pods started anew are left out.
-- empty: No token turned up at a new address.
-- next: who
SELECT
    first_used_at,
    if(elsewhere, 'elsewhere', 'new address') AS remark,
    service_account,
    cluster,
    client_ip,
    arrayStringConcat(clients, ', ') AS clients,
    minutes_used,
    issued_at,
    issued_by,
    issued_from,
    credential_id,
    evidence_ids[1] AS audit_id
FROM token_lineage
WHERE new_address
    AND first_used_at BETWEEN $__fromTime_ms AND $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(service_account, decodeURLComponent('${actor:percentencode}')), $actor)
ORDER BY
    elsewhere DESC,
    first_used_at DESC
LIMIT 200
