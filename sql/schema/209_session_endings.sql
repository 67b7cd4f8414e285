CREATE OR REPLACE VIEW session_endings
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'Who deleted the token.',
    at DateTime64(6, 'UTC') COMMENT 'When.',
    evidence_id String COMMENT 'auditID of the request.',
    credential_id String COMMENT 'The token.'
)
AS
SELECT DISTINCT
    record.cluster AS cluster,
    person_of(toString(record.by)) AS actor,
    record.at AS at,
    record.evidence_id AS evidence_id,
    record.credential_id AS credential_id
FROM auth_facts AS record
LEFT JOIN tokens ON tokens.cluster = record.cluster AND tokens.credential_id = record.credential_id
WHERE record.kind = 'token-deleted'
    AND record.code < 400
    AND record.by != ''
    AND if(tokens.actor != '', tokens.actor, record.actor) IN ('', person_of(record.by))
COMMENT 'Requests by which people ended their own session, or that of a token whose owner nobody recorded: such a request belongs to that session and starts none.'
