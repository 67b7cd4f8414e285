-- title: Tokens made by them or for them
-- question: Tokens of service accounts that they had made, or, where this is a service account, its own; where each was used. Tokens that nodes have made for their pods are left out unless one turned up elsewhere. Level Metadata hides the id of a token, and then its uses.
-- empty: No token in this range that they had made or that is theirs.
-- next: hygiene
SELECT
    cluster,
    service_account,
    credential_id,
    issued_at,
    issued_by,
    client_ip,
    arrayStringConcat(clients, ', ') AS clients,
    first_used_at,
    last_used_at,
    minutes_used,
    if(elsewhere, 'elsewhere', '') AS remark,
    evidence_ids[1] AS audit_id
FROM token_lineage
WHERE (service_account = decodeURLComponent('${actor:percentencode}') OR issued_by = decodeURLComponent('${actor:percentencode}'))
    AND (elsewhere OR actor_kind(issued_by) NOT IN ('node', 'control-plane'))
    AND coalesce(last_used_at, issued_at) >= $__fromTime_ms
    AND coalesce(issued_at, first_used_at) <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY
    elsewhere DESC,
    coalesce(last_used_at, issued_at) DESC
LIMIT 100
