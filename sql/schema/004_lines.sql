-- Lines of identity providers, IAM and proxies with their times read: one look for the records, the rejected and the counts of the ledger.
CREATE TABLE IF NOT EXISTS lines
(
    cluster LowCardinality(String) COMMENT 'As in landing_lines.',
    platform LowCardinality(String) COMMENT 'As in landing_lines.',
    source String COMMENT 'As in landing_lines.',
    batch_id String COMMENT 'As in landing_lines.',
    position UInt64 COMMENT 'As in landing_lines.',
    record_kind LowCardinality(String) COMMENT 'identity or access.',
    reason String COMMENT 'Why the record is rejected; empty for accepted ones.',
    redacted LowCardinality(String) COMMENT 'As in landing_lines.',
    received_at DateTime64(6, 'UTC') COMMENT 'As in landing_lines.',
    delivered Bool COMMENT 'False for stored records that are projected again; they belong to no delivery.',
    system LowCardinality(String) COMMENT 'Who wrote the line: dex, keycloak, eks-authenticator, or the form of an access line.',
    at Nullable(DateTime64(6, 'UTC')) COMMENT 'Time of the line.',
    ended_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the connection ended; NULL for other lines.',
    raw String COMMENT 'As in landing_lines.'
)
ENGINE = Null
COMMENT 'Lines on the way from landing_lines to auth_records, access_records and rejected; kept nowhere.'
