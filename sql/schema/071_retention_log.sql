-- The last row of a class and cluster is what holds; nothing is ever changed here, and the rows are chained like the ledger.
CREATE TABLE IF NOT EXISTS retention_log
(
    sequence UInt64 COMMENT 'Number of the row, from 1.',
    at DateTime64(6, 'UTC') COMMENT 'When the policy was applied.',
    by String COMMENT 'Who applied it: the user of the operating system, or the name given.',
    class LowCardinality(String) COMMENT 'events, identity, access, rejected, rollups or reads; see retention_state.',
    cluster String COMMENT 'Cluster with a time of its own; empty for all others.',
    old_days Int32 COMMENT 'Days kept before; 0 for ever, -1 as all others.',
    new_days Int32 COMMENT 'Days kept from now on; 0 for ever, -1 as all others.',
    why String COMMENT 'Reason given; may be empty.',
    previous_hash String COMMENT 'chain_hash of the row before it; empty for the first.',
    chain_hash String COMMENT 'Hex SHA-256 over previous_hash and this row''s facts.'
)
ENGINE = MergeTree
ORDER BY sequence
COMMENT 'Every change of how long rows are kept: what, when, by whom.'
