-- One row per request that failed to authenticate; read through the view failed_attempts, which drops copies.
CREATE TABLE IF NOT EXISTS refusals
(
    attempted_at DateTime64(6, 'UTC') COMMENT 'When the API server received the request.' CODEC(Delta(8), ZSTD(1)),
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform the event shows; see events.',
    actor LowCardinality(String) COMMENT 'The name tried; empty when nobody can know (a kube-apiserver 401 names no one).',
    class LowCardinality(String) COMMENT 'bad-credential, bad-password, unknown-or-expired-token, anonymous-denied, iam-denied, idp-denied or idp-error.',
    method LowCardinality(String) COMMENT 'By the client that tried: a hint.',
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    user_agent LowCardinality(String) COMMENT 'User agent of the attempt.',
    target String COMMENT 'What was asked for, in words.' CODEC(ZSTD(1)),
    reason LowCardinality(String) COMMENT 'What the server answered.',
    evidence LowCardinality(String) COMMENT 'apiserver: a 401 or an anonymous 403 in an API server''s audit log.',
    evidence_ids Array(String) COMMENT 'auditIDs that prove the row; the first is decisive.',
    component LowCardinality(String) COMMENT 'API server that refused.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered the event.'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(attempted_at)
ORDER BY (cluster, attempted_at, evidence_ids, component)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Refused authentications as the feeds write them; read failed_attempts instead.'
