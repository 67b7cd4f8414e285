-- Requests that kube-apiserver hands to OpenShift's aggregated servers, as either side logged them: narrow, so that finding the copies of one
-- request reads only these and not all events. What people do by way of the aggregated servers is counted from here, too.
CREATE TABLE IF NOT EXISTS forwarded_requests
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    request UInt64 COMMENT 'Hash of cluster, auditID (the aggregator passes it on), verb and path: what was asked for. The query may be written anew on the way.',
    requested_at DateTime64(6, 'UTC') COMMENT 'When this server received the request.' CODEC(Delta(8), ZSTD(1)),
    component LowCardinality(String) COMMENT 'API server that wrote the event.',
    audit_id String COMMENT 'auditID of the request.' CODEC(ZSTD(1)),
    stage_at DateTime64(6, 'UTC') COMMENT 'When the last stage was reached.' CODEC(Delta(8), ZSTD(1)),
    actor LowCardinality(String) COMMENT 'User of the request; see events. An aggregated server knows only the effective user.',
    actor_kind LowCardinality(String) COMMENT 'Kind of the actor; see events.',
    credential_kind LowCardinality(String) COMMENT 'Kind of the credential; see events.',
    credential_id String COMMENT 'Id of the credential; see events.' CODEC(ZSTD(1)),
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    user_agent LowCardinality(String) COMMENT 'User agent; see events.',
    impersonated_user LowCardinality(String) COMMENT 'Whom the actor acted as; see events.',
    is_write Bool COMMENT 'Changes something; see is_write.',
    is_denied Bool COMMENT 'Refused by authorization; see is_denied.',
    level LowCardinality(String) COMMENT 'How much the audit policy of this server recorded; see events.',
    has_name Bool COMMENT 'The record names the object: kube-apiserver does not know the name of what is being created.',
    version UInt64 COMMENT 'Which stage stays: the last, then the richest copy of it.'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(requested_at)
ORDER BY (cluster, request, requested_at, component)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Requests for APIs that aggregated servers serve, one row per request and server that logged it.'
