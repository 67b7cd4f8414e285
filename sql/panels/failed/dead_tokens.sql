-- title: Dead tokens, whose they were
-- question: Tokens that no longer work and were shown again: whose, and why they are dead (used after logout, revoked, expired, unknown). A token used after its owner logged out may be stolen. A 401 that no look-up explains names nobody and stands below.
-- empty: No dead token was shown, or the log of oauth-apiserver is not loaded.
-- next: who
SELECT
    attempted_at AS at,
    cluster,
    actor,
    reason,
    client_ip,
    client_ip_evidence,
    user_agent,
    target,
    evidence_ids[1] AS audit_id
FROM failed_attempts
WHERE class = 'unknown-or-expired-token'
    AND evidence = 'oauth-token'
    AND $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
ORDER BY at DESC
LIMIT 200
