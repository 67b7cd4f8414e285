-- Requests that kube-apiserver hands to OpenShift's aggregated servers, as either side logged them: narrow, so that finding the copies of one
-- request reads only these and not all events.
CREATE TABLE IF NOT EXISTS forwarded_requests
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    audit_id String COMMENT 'auditID of the request; the aggregator passes it on.' CODEC(ZSTD(1)),
    requested_at DateTime64(6, 'UTC') COMMENT 'When this server received the request.' CODEC(Delta(8), ZSTD(1)),
    component LowCardinality(String) COMMENT 'API server that wrote the event.',
    request UInt64 COMMENT 'Hash of verb and path: what was asked for. The query may be written anew on the way.'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(requested_at)
ORDER BY (cluster, audit_id, requested_at, component)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Requests for APIs that aggregated servers serve, one row per request and server that logged it.'
