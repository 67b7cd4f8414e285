-- What panels over long ranges read instead of events: exact distinct requests by the hour. Measured on 250 000 events: 19 times faster than
-- requests, for about 5 % of the CPU time of a load and 8 bytes a request.
CREATE TABLE IF NOT EXISTS requests_hourly
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    hour DateTime('UTC') COMMENT 'Hour in which the requests were received.' CODEC(Delta(4), ZSTD(1)),
    actor_kind LowCardinality(String) COMMENT 'Kind of the actor; see events.',
    client LowCardinality(String) COMMENT 'Program; see events.',
    verb LowCardinality(String) COMMENT 'Verb; see events.',
    api_group LowCardinality(String) COMMENT 'API group; see events.',
    resource LowCardinality(String) COMMENT 'Resource; empty for requests for none.',
    subresource LowCardinality(String) COMMENT 'Subresource; else empty.',
    outcome LowCardinality(String) COMMENT 'Outcome; a request whose first stage was logged alone counts as in-progress too, so leave that one out where outcomes are added.',
    denied Bool COMMENT 'Refused by authorization; see is_denied.',
    requests AggregateFunction(uniqExact, UInt64) COMMENT 'Distinct requests: merge, never add.'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (cluster, hour, actor_kind, client, verb, api_group, resource, subresource, outcome, denied)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Distinct requests by the hour and what is of low cardinality; those that only an aggregated server logged are not counted here.'
