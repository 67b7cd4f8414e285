CREATE TABLE IF NOT EXISTS token_uses
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Service account of the token.',
    credential_id String COMMENT 'JTI=… of the token.' CODEC(ZSTD(1)),
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    first SimpleAggregateFunction(min, Tuple(
        at DateTime64(6, 'UTC'),
        audit_id String)) COMMENT 'First use from there, and its auditID.',
    last_used_at SimpleAggregateFunction(max, DateTime64(6, 'UTC')) COMMENT 'Last use from there.',
    minutes AggregateFunction(uniqExact, UInt32) COMMENT 'Distinct minutes with a use.',
    clients SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Programs that used it.'
)
ENGINE = AggregatingMergeTree
ORDER BY (cluster, actor, credential_id, client_ip)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Where each token of a service account was used, one row per token and address.'
