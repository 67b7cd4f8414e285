-- What Python delivers: one canonical record a row. Nothing is stored here; the feeds (1xx) read every inserted block.
CREATE TABLE IF NOT EXISTS landing
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster, chosen at load.',
    platform LowCardinality(String) COMMENT 'Platform given at load (--platform); empty when it is to be read from the data.',
    component LowCardinality(String) COMMENT 'API server that wrote the record: kube-apiserver, openshift-apiserver, oauth-apiserver, oauth-server; openshiftAPI where a forwarder merged the last three; empty where the source cannot tell. component_of decides.',
    source String COMMENT 'Where the bytes came from: an absolute path, path!member of an archive, or - for standard input.',
    batch_id String COMMENT 'Identity of the delivered batch: hex SHA-256 of cluster and content.',
    position UInt64 COMMENT 'Line number (line formats) or record number (JSON documents) in the source, from 1; 0 for stored events that are projected again.',
    record_kind LowCardinality(String) COMMENT 'event, or rejected where the loader could make nothing of it; lines go to landing_lines.',
    reason String COMMENT 'Why the loader rejected the record; empty for accepted ones.',
    redacted LowCardinality(String) COMMENT 'Names of the redaction rules that hit, comma separated; empty when nothing was redacted.',
    received_at DateTime64(6, 'UTC') COMMENT 'When the loader delivered the batch.',
    raw String COMMENT 'The record as canonical JSON, redacted; for rejected records the redacted text.'
)
ENGINE = Null
COMMENT 'Entrance of the store: records as delivered, fanned out by the feeds, kept nowhere.'
