CREATE TABLE IF NOT EXISTS cluster_facts
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    component LowCardinality(String) COMMENT 'API server that wrote the events, or system that wrote the lines.',
    platform_rank SimpleAggregateFunction(min, UInt8) COMMENT 'Strongest evidence of the platform so far; see platform_rank_of.',
    first_event_at SimpleAggregateFunction(min, DateTime64(6, 'UTC')) COMMENT 'Earliest requested_at.',
    last_event_at SimpleAggregateFunction(max, DateTime64(6, 'UTC')) COMMENT 'Latest stage_at.'
)
ENGINE = AggregatingMergeTree
ORDER BY (cluster, component)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'What all events of a cluster show together.'
