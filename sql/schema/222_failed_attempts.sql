CREATE OR REPLACE VIEW failed_attempts
(
    attempted_at DateTime64(6, 'UTC') COMMENT 'When the API server received the request.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform the event shows; see events.',
    actor LowCardinality(String) COMMENT 'The name tried; empty when nobody can know (a kube-apiserver 401 names no one).',
    class LowCardinality(String) COMMENT 'bad-credential, bad-password, unknown-or-expired-token, anonymous-denied, iam-denied, idp-denied or idp-error.',
    method LowCardinality(String) COMMENT 'By the client that tried: a hint.',
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    user_agent LowCardinality(String) COMMENT 'User agent of the attempt.',
    target String COMMENT 'What was asked for, in words.',
    reason LowCardinality(String) COMMENT 'What the server answered.',
    evidence LowCardinality(String) COMMENT 'apiserver: a 401 or an anonymous 403 in an API server''s audit log.',
    evidence_ids Array(String) COMMENT 'auditIDs that prove the row; the first is decisive.',
    component LowCardinality(String) COMMENT 'API server that refused.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered the event.'
)
AS
SELECT *
FROM refusals
FINAL
WHERE (cluster, evidence_ids[1], attempted_at, component) NOT IN (
        SELECT
            cluster,
            audit_id,
            requested_at,
            component
        FROM forwarded_copies)
COMMENT 'Refused authentications, one row per request: storms of one machine stay as they were, failed_attempt_bursts groups them. A known user refused by authorization is in denied_requests, never here.'
