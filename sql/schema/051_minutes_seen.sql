-- In which minutes an API server left an event; sets, so loading twice changes nothing. The view hours_covered turns them into holes.
CREATE TABLE IF NOT EXISTS minutes_seen
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    component LowCardinality(String) COMMENT 'API server that wrote the events.',
    hour DateTime('UTC') COMMENT 'Hour in which the requests were received.' CODEC(Delta(4), ZSTD(1)),
    minutes SimpleAggregateFunction(groupUniqArrayArray, Array(UInt8)) COMMENT 'Minutes of the hour with at least one event.',
    least_lag_seconds SimpleAggregateFunction(min, Int64) COMMENT 'Least time from stage to store, in seconds: that of the fastest event.'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (cluster, component, hour)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Minutes with events, per API server and hour.'
