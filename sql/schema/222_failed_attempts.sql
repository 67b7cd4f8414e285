-- A 401 names nobody. Where a look-up of a dead token or a line of IAM stands within 2 s of it, that names the person and the 401 the address: one row.
CREATE OR REPLACE VIEW failed_attempts
(
    attempted_at DateTime64(6, 'UTC') COMMENT 'When the API server received the request.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform the event shows; see events.',
    actor LowCardinality(String) COMMENT 'The name tried, as typed, or the owner of the token; empty when nobody can know (a kube-apiserver 401 names no one).',
    class LowCardinality(String) COMMENT 'bad-credential, bad-password, unknown-or-expired-token, anonymous-denied, iam-denied, idp-denied or idp-error.',
    method LowCardinality(String) COMMENT 'By the client that tried: a hint.',
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    user_agent LowCardinality(String) COMMENT 'User agent of the attempt.',
    target String COMMENT 'What was asked for, in words.',
    reason LowCardinality(String) COMMENT 'What the server answered.',
    evidence LowCardinality(String) COMMENT 'apiserver (a 401 or an anonymous 403 in an API server''s audit log), oauth-token (look-ups of a dead token), oauth-server, idp or iam.',
    evidence_ids Array(String) COMMENT 'auditIDs, or ids of lines (line:…), that were folded into the row; the first is decisive.',
    component LowCardinality(String) COMMENT 'API server that refused.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered the event.'
)
AS
SELECT
    refused.attempted_at AS attempted_at,
    refused.cluster AS cluster,
    refused.platform AS platform,
    if(told.class != '', told.actor, refused.actor) AS actor,
    if(told.class != '', told.class, refused.class) AS class,
    refused.method AS method,
    refused.client_ip AS client_ip,
    refused.client_ip_evidence AS client_ip_evidence,
    refused.user_agent AS user_agent,
    refused.target AS target,
    if(told.class != '', told.reason, refused.reason) AS reason,
    if(told.class != '', told.evidence, refused.evidence) AS evidence,
    arrayConcat(refused.evidence_ids, told.evidence_ids) AS evidence_ids,
    refused.component AS component,
    refused.batch_id AS batch_id
FROM
(
    SELECT
        *,
        evidence_ids[1] AS refusal_id
    FROM refusals
    FINAL
    WHERE NOT (component = 'oauth-server' AND class = 'bad-credential')
        AND (cluster, evidence_ids[1], attempted_at, component) NOT IN (
            SELECT
                cluster,
                audit_id,
                requested_at,
                component
            FROM copy_facts)
) AS refused
LEFT JOIN
(
    SELECT *
    FROM failure_facts
    WHERE refusal_id != ''
) AS told ON told.cluster = refused.cluster AND told.refusal_id = refused.refusal_id AND told.refusal_at = refused.attempted_at
UNION ALL
SELECT * EXCEPT (refusal_id, refusal_at)
FROM failure_facts
WHERE refusal_id = ''
COMMENT 'Refused authentications, one row per attempt: storms of one machine stay as they were, failed_attempt_bursts groups them. A challenge is no failure; a known user refused by authorization is in denied_requests, never here.'
