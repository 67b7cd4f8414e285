CREATE OR REPLACE VIEW session_endings
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'Who deleted the token, as user.username.',
    at DateTime64(6, 'UTC') COMMENT 'When.',
    evidence_id String COMMENT 'auditID of the request.',
    credential_id String COMMENT 'The token.'
)
AS
SELECT DISTINCT
    cluster,
    toString(by) AS actor,
    at,
    evidence_id,
    credential_id
FROM auth_facts
WHERE kind = 'token-deleted'
    AND code < 400
    AND by != ''
    AND (actor = '' OR actor = if(by = 'kubeadmin', 'kube:admin', by))
COMMENT 'Requests by which people ended their own session: such a request belongs to that session and starts none.'
