-- Nothing is ever changed here: a release is a row of its own. The rows are chained like the ledger.
CREATE TABLE IF NOT EXISTS hold_log
(
    sequence UInt64 COMMENT 'Number of the row, from 1.',
    at DateTime64(6, 'UTC') COMMENT 'When it was decided.',
    by String COMMENT 'Who decided: the user of the operating system, or the name given.',
    action LowCardinality(String) COMMENT 'add or release.',
    hold_id String COMMENT 'Name of the hold, such as H-3.',
    incident String COMMENT 'Label of the incident or matter; may be empty.',
    actor String COMMENT 'User whose rows are held; empty for everybody.',
    cluster String COMMENT 'Cluster whose rows are held; empty for all.',
    since DateTime64(6, 'UTC') COMMENT 'Rows from this moment on.',
    until DateTime64(6, 'UTC') COMMENT 'Rows before this moment.',
    why String COMMENT 'Reason given.',
    rows UInt64 COMMENT 'Events it covered then, copies not counted.',
    previous_hash String COMMENT 'chain_hash of the row before it; empty for the first.',
    chain_hash String COMMENT 'Hex SHA-256 over previous_hash and this row''s facts.'
)
ENGINE = MergeTree
ORDER BY sequence
COMMENT 'Every legal hold and every release, for ever.'
