-- What the engine saw of each batch; the loader copies it into the ledger, so that no count is made twice.
CREATE TABLE IF NOT EXISTS batch_facts
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    batch_id String COMMENT 'Batch; see batches.',
    component LowCardinality(String) COMMENT 'API server that wrote the records.',
    block UInt64 COMMENT 'First position of the inserted block: a very large batch arrives in several, and a repeated insert must not count twice.',
    events SimpleAggregateFunction(max, UInt64) COMMENT 'Records accepted as events.',
    rejected SimpleAggregateFunction(max, UInt64) COMMENT 'Records rejected.',
    redacted SimpleAggregateFunction(max, UInt64) COMMENT 'Records in which something was redacted.',
    first_event_at SimpleAggregateFunction(min, Nullable(DateTime64(6, 'UTC'))) COMMENT 'Earliest requested_at; NULL without events.',
    last_event_at SimpleAggregateFunction(max, Nullable(DateTime64(6, 'UTC'))) COMMENT 'Latest stage_at; NULL without events.'
)
ENGINE = AggregatingMergeTree
ORDER BY (cluster, batch_id, component, block)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'What the engine saw of each batch.'
