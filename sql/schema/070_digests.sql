-- What was recorded of every record when it came in; a row holds all records of a batch that share a kind and a month, so that the rows of a
-- month expire with the records they prove. Measured: 30 bytes a record on disk.
CREATE TABLE IF NOT EXISTS digests
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    batch_id String COMMENT 'Batch that delivered the records; see batches.',
    kind LowCardinality(String) COMMENT 'event, rejected, identity or access: which table the records went to.',
    month Date COMMENT 'First day of the month (UTC) of the records.',
    received_at DateTime64(6, 'UTC') COMMENT 'When the loader delivered the batch.',
    block UInt64 COMMENT 'First position of the inserted block: a very large batch arrives in several.',
    entries Array(Tuple(
        at DateTime64(6, 'UTC'),
        key UInt64,
        rank UInt64,
        hash FixedString(16))) COMMENT 'Per record: its moment, its key among those of the moment, which of several copies stays (richness), and content_hash_of it.' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(month)
ORDER BY (cluster, batch_id, kind, month, received_at, block)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Digest of every record as it was delivered. The ledger holds a hash over these rows, so they cannot be changed alone.'
