CREATE TABLE IF NOT EXISTS schema_log
(
    applied_at DateTime64(6, 'UTC') COMMENT 'When the step was taken.',
    version UInt32 COMMENT 'Number of the schema that was being applied.',
    fingerprint String COMMENT 'Hash of all its statements; the newest row tells what the store is.',
    object String COMMENT 'Object that was created or changed; empty in the row that closes a run.',
    statement String COMMENT 'What was run.' CODEC(ZSTD(1)),
    program LowCardinality(String) COMMENT 'Version of the program.'
)
ENGINE = MergeTree
ORDER BY applied_at
COMMENT 'What was applied to the schema, and when.'
