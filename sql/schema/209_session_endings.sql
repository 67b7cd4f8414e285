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
    facts.cluster AS cluster,
    person_of(toString(facts.by)) AS actor,
    facts.at AS at,
    facts.evidence_id AS evidence_id,
    facts.credential_id AS credential_id
FROM auth_facts AS facts
LEFT JOIN tokens ON tokens.cluster = facts.cluster AND tokens.credential_id = facts.credential_id
WHERE facts.kind = 'token-deleted'
    AND facts.code < 400
    AND facts.by != ''
    AND if(tokens.actor != '', tokens.actor, facts.actor) IN ('', person_of(facts.by))
COMMENT 'Requests by which people ended their own session, or that of a token whose owner nobody recorded: such a request belongs to that session and starts none.'
