-- The ledger: what makes loading resumable, repeatable and provable.
CREATE TABLE IF NOT EXISTS batches
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    source String COMMENT 'Where the bytes came from.',
    component LowCardinality(String) COMMENT 'Component given or recognised for the source.',
    batch_id String COMMENT 'Hex SHA-256 of cluster and content.',
    first_offset UInt64 COMMENT 'Offset of the first byte in the decompressed source.',
    bytes UInt64 COMMENT 'Length of the batch in decompressed bytes.',
    first_position UInt64 COMMENT 'Line or record number of its first record.',
    records UInt64 COMMENT 'Records in the batch, the rejected among them.',
    rejected UInt64 COMMENT 'Records that are not audit events or could not be read.',
    redacted UInt64 COMMENT 'Records in which something was redacted.',
    excluded UInt64 COMMENT 'Records known to carry no event (such as CloudWatch control messages), deliberately not kept.',
    first_event_at Nullable(DateTime64(6, 'UTC')) COMMENT 'Earliest requested_at; NULL when the batch holds no event.',
    last_event_at Nullable(DateTime64(6, 'UTC')) COMMENT 'Latest stage_at; NULL when the batch holds no event.',
    content_hash String COMMENT 'Hex SHA-256 of the bytes as they were read; of what came over HTTP, of the hashes of its bodies, one a line.',
    parts Array(Tuple(
        kind LowCardinality(String),
        month Date,
        records UInt64,
        digest String)) COMMENT 'Digest of the batch''s records by kind and month; see digests and digest_of.',
    rules_hash String COMMENT 'Hash of the rules and functions under which its records became rows.',
    previous_hash String COMMENT 'chain_hash of the batch before it from the same source; empty for the first.',
    chain_hash String COMMENT 'Hex SHA-256 over previous_hash and this row''s facts.',
    sequence UInt64 COMMENT 'Number of the batch within its source, from 1.',
    loaded_at DateTime64(6, 'UTC') COMMENT 'When the ledger row was written: all rows of the batch were in the store by then.',
    loader LowCardinality(String) COMMENT 'Version of the program that loaded it.'
)
ENGINE = ReplacingMergeTree
ORDER BY (cluster, source, first_offset, batch_id)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'The ledger: one row per delivered batch.'
