-- title: Failed attempts under this name
-- question: Attempts that name this identity: a wrong password, a refusal of the identity provider or IAM, a dead token of theirs. Anybody can type a name; the address says more. Names are compared as they are recorded.
-- empty: No failed attempt names them. An API server's 401 names nobody.
-- next: failed
SELECT
    attempted_at AS at,
    cluster,
    class,
    reason,
    client_ip,
    client_ip_evidence,
    user_agent,
    target,
    evidence,
    evidence_ids[1] AS audit_id
FROM failed_attempts
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND actor != ''
    AND $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY at DESC
LIMIT 100
