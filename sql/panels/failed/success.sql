-- title: Failures, then a login from the same address
-- question: Who was let in within 15 minutes after three or more refused attempts from the same address. A person who mistyped looks the same as one who guessed right: see what they did next.
-- empty: Nobody got in after failing.
-- next: who
-- queries: logins-after-failures
SELECT
    login_at,
    actor,
    cluster,
    client_ip,
    attempts,
    dateDiff('second', last_failure_at, login_at) AS age_seconds,
    class,
    method,
    evidence,
    confidence,
    evidence_ids[1] AS audit_id
FROM logins_after_failures
WHERE $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY login_at DESC
LIMIT 200
