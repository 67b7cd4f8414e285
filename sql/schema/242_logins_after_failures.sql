-- The one place that says what a success after failures is; the dashboards, the alert and `auditradar demo` read it.
CREATE OR REPLACE VIEW logins_after_failures
(
    login_at DateTime64(6, 'UTC') COMMENT 'Moment of the login.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Who was let in.',
    client_ip String COMMENT 'Client address of the login and of the attempts.',
    method LowCardinality(String) COMMENT 'How the person came in; a hint.',
    evidence LowCardinality(String) COMMENT 'Evidence of the login; first-seen marks an address and credential never seen before.',
    confidence LowCardinality(String) COMMENT 'recorded or inferred.',
    attempts UInt64 COMMENT 'Failed attempts from that address in the 15 minutes before the login; at least three.',
    last_failure_at DateTime64(6, 'UTC') COMMENT 'The last of them.',
    class LowCardinality(String) COMMENT 'Class of the last of them.',
    evidence_ids Array(String) COMMENT 'auditID of the login, then that of the last failed attempt.',
    session_id String COMMENT 'Session that the login began.'
)
AS
SELECT
    logins.login_at AS login_at,
    logins.cluster AS cluster,
    logins.actor AS actor,
    logins.client_ip AS client_ip,
    logins.method AS method,
    logins.evidence AS evidence,
    logins.confidence AS confidence,
    count() AS attempts,
    max(refused.attempted_at) AS last_failure_at,
    argMax(refused.class, refused.attempted_at) AS class,
    [logins.evidence_ids[1], argMax(refused.evidence_ids[1], refused.attempted_at)] AS evidence_ids,
    logins.session_id AS session_id
FROM logins
INNER JOIN failed_attempts AS refused ON refused.cluster = logins.cluster AND refused.client_ip = logins.client_ip
WHERE logins.client_ip != ''
    AND refused.attempted_at BETWEEN logins.login_at - toIntervalMinute(15) AND logins.login_at
GROUP BY
    logins.login_at,
    logins.cluster,
    logins.actor,
    logins.client_ip,
    logins.method,
    logins.evidence,
    logins.confidence,
    logins.evidence_ids[1],
    logins.session_id
HAVING count() >= 3
COMMENT 'Logins within 15 minutes after three or more failed attempts from the same address. Somebody who mistyped looks the same as somebody who guessed right.'
