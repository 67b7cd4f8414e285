-- One JSON parse for everybody: the landing feed extracts all fields once, the next feeds pick.
CREATE TABLE IF NOT EXISTS parsed
(
    cluster LowCardinality(String) COMMENT 'As in landing.',
    platform LowCardinality(String) COMMENT 'Platform given at load, else what this event alone shows (platform_of).',
    component LowCardinality(String) COMMENT 'API server that wrote the record, by component_of.',
    source String COMMENT 'As in landing.',
    batch_id String COMMENT 'As in landing.',
    position UInt64 COMMENT 'As in landing.',
    reason String COMMENT 'Why the record is rejected, by the loader or by the engine; empty for events.',
    redacted LowCardinality(String) COMMENT 'As in landing.',
    received_at DateTime64(6, 'UTC') COMMENT 'As in landing.',
    raw String COMMENT 'As in landing.',
    event Tuple(
        auditID String,
        level LowCardinality(String),
        stage LowCardinality(String),
        requestURI String,
        verb LowCardinality(String),
        user Tuple(
            username LowCardinality(String),
            uid LowCardinality(String),
            groups Array(LowCardinality(String)),
            extra Map(LowCardinality(String), Array(String))),
        impersonatedUser Tuple(
            username LowCardinality(String),
            groups Array(LowCardinality(String))),
        sourceIPs Array(LowCardinality(String)),
        userAgent LowCardinality(String),
        objectRef Tuple(
            resource LowCardinality(String),
            namespace LowCardinality(String),
            name String,
            apiGroup LowCardinality(String),
            apiVersion LowCardinality(String),
            subresource LowCardinality(String)),
        responseStatus Tuple(
            status LowCardinality(String),
            message String,
            reason LowCardinality(String),
            code Int32),
        requestReceivedTimestamp Nullable(DateTime64(6, 'UTC')),
        stageTimestamp Nullable(DateTime64(6, 'UTC')),
        annotations Map(LowCardinality(String), String)
    ) COMMENT 'Fields of the audit.k8s.io/v1 event that columns are made of.'
)
ENGINE = Null
COMMENT 'Records with their fields extracted, on the way from landing to events and rejected; kept nowhere.'
