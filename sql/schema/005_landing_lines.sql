-- The other entrance: lines have feeds of their own, and a view that is planned for every insert costs milliseconds even without a row.
CREATE TABLE IF NOT EXISTS landing_lines
(
    cluster LowCardinality(String) COMMENT 'As in landing.',
    platform LowCardinality(String) COMMENT 'As in landing.',
    component LowCardinality(String) COMMENT 'Program that wrote the line where the loader knows it.',
    source String COMMENT 'As in landing.',
    batch_id String COMMENT 'As in landing.',
    position UInt64 COMMENT 'As in landing.',
    record_kind LowCardinality(String) COMMENT 'identity for a line of an identity provider or IAM, access for one of a router or proxy.',
    reason String COMMENT 'As in landing.',
    redacted LowCardinality(String) COMMENT 'As in landing.',
    received_at DateTime64(6, 'UTC') COMMENT 'As in landing.',
    raw String COMMENT 'The line''s facts as canonical JSON, redacted.'
)
ENGINE = Null
COMMENT 'Entrance of lines of identity providers, IAM and proxies, fanned out by the feeds, kept nowhere.'
