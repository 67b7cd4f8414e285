-- Connections and requests as routers and proxies saw them: who stood before the address that an API server logged.
CREATE TABLE IF NOT EXISTS access_records
(
    accepted_at DateTime64(6, 'UTC') COMMENT 'When the connection or request was accepted.' CODEC(Delta(8), ZSTD(1)),
    ended_at DateTime64(6, 'UTC') COMMENT 'When it ended; accepted_at where the line gives no duration.' CODEC(Delta(8), ZSTD(1)),
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    system LowCardinality(String) COMMENT 'Form of the line: haproxy-tcp, haproxy-http, nginx or ingress-nginx.',
    client_ip LowCardinality(String) COMMENT 'Canonical address of the client.',
    client_port UInt16 COMMENT 'Port of the client; 0 when unknown.',
    forwarded_for Array(String) COMMENT 'X-Forwarded-For as logged, left to right; can be forged but for what trusted proxies added.',
    frontend LowCardinality(String) COMMENT 'Frontend or virtual host; empty when unknown.',
    backend LowCardinality(String) COMMENT 'Backend, such as be_tcp:openshift-authentication:oauth-openshift; empty when unknown.',
    server String COMMENT 'Server chosen in the backend, such as its pod; empty when unknown.',
    server_ip LowCardinality(String) COMMENT 'Address of that server; empty when unknown.',
    server_port UInt16 COMMENT 'Port of that server; 0 when unknown.',
    method LowCardinality(String) COMMENT 'HTTP method; empty for TCP.',
    uri String COMMENT 'Request URI, tokens redacted; empty for TCP.' CODEC(ZSTD(1)),
    code UInt16 COMMENT 'HTTP status; 0 for TCP.',
    user_agent LowCardinality(String) COMMENT 'User agent; empty when it is not logged.',
    bytes UInt64 COMMENT 'Bytes sent to the client.',
    position UInt64 COMMENT 'Line number in the source.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered it; see batches.',
    raw String COMMENT 'The record as canonical JSON with the original line, redacted.' CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(accepted_at)
ORDER BY (cluster, accepted_at, client_ip, client_port, server_ip, uri, cityHash64(raw))
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Access log lines of routers and proxies.'
