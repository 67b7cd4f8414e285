-- Filled by copy_facts_refresh: finding the copies means going through all forwarded requests, and every question about requests asks for them. In
-- the order of time, so that a question about a day reads the pairs of a day.
CREATE TABLE IF NOT EXISTS copy_facts
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    audit_id String COMMENT 'auditID of the request.' CODEC(ZSTD(1)),
    component LowCardinality(String) COMMENT 'Aggregated server that logged the copy.',
    requested_at DateTime64(6, 'UTC') COMMENT 'When that server received it.' CODEC(Delta(8), ZSTD(1)),
    front_at DateTime64(6, 'UTC') COMMENT 'When kube-apiserver received the request that this is a copy of.' CODEC(Delta(8), ZSTD(1)),
    has_more Bool COMMENT 'The copy may have what the record of kube-apiserver lacks: a fuller level, the name of what was created.',
    INDEX front_at_index front_at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(requested_at)
ORDER BY (cluster, requested_at, audit_id, component)
COMMENT 'Which events of aggregated servers are copies of a request that kube-apiserver logged, as of the last refresh.'
