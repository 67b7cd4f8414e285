-- Every record that could not be read. Nothing is dropped silently.
CREATE TABLE IF NOT EXISTS rejected
(
    received_at DateTime64(6, 'UTC') COMMENT 'When the loader delivered the batch.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    source String COMMENT 'Where the bytes came from.',
    batch_id String COMMENT 'Batch that holds the record; see batches.',
    position UInt64 COMMENT 'Line number (line formats) or record number (JSON documents) in the source, from 1.',
    reason String COMMENT 'Why it is not an audit event, in words.',
    raw String COMMENT 'The record, redacted; the first 4 KiB of one over max_record_bytes.' CODEC(ZSTD(1)),
    raw_hash UInt64 MATERIALIZED cityHash64(raw) COMMENT 'Tells records of one position apart.'
)
ENGINE = ReplacingMergeTree
ORDER BY (cluster, batch_id, position, raw_hash)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Records that could not be read, with the reason.'
