-- Filled by failure_facts_refresh: failures that platforms, identity providers and IAM recorded by name.
CREATE TABLE IF NOT EXISTS failure_facts
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
    batch_id LowCardinality(String) COMMENT 'Batch that delivered the event.',
    refusal_id String COMMENT 'auditID of the 401 that this explains; empty where none is stored: then it is an attempt of its own.',
    refusal_at DateTime64(6, 'UTC') COMMENT 'Moment of that 401.'
)
ENGINE = MergeTree
ORDER BY (cluster, attempted_at, evidence_ids)
COMMENT 'Recorded failures, folded; refreshed. Read failed_attempts instead.'
