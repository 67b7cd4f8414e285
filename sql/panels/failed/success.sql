-- title: Failures, then a login from the same address
-- question: Who was let in within 15 minutes after three or more refused attempts from the same address. A person who mistyped looks the same as one who guessed right: see what they did next.
-- empty: Nobody got in after failing.
-- next: who
SELECT
    logins.login_at AS login_at,
    logins.actor AS actor,
    logins.cluster AS cluster,
    logins.client_ip AS client_ip,
    bursts.attempts AS attempts,
    dateDiff('second', bursts.ended_at, login_at) AS age_seconds,
    bursts.class AS class,
    logins.method AS method,
    logins.evidence AS evidence,
    logins.confidence AS confidence,
    logins.evidence_ids[1] AS audit_id
FROM logins
INNER JOIN failed_attempt_bursts AS bursts ON bursts.cluster = logins.cluster AND bursts.client_ip = logins.client_ip
WHERE bursts.attempts >= 3
    AND logins.client_ip != ''
    AND login_at BETWEEN bursts.ended_at AND bursts.ended_at + toIntervalMinute(15)
    AND $__timeFilter_ms(login_at)
    AND $__conditionalAll(logins.cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(logins.cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY login_at DESC
LIMIT 200
