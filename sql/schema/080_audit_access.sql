-- Who read the audit log: access to it is itself audited.
CREATE TABLE IF NOT EXISTS audit_access
(
    at DateTime64(6, 'UTC') COMMENT 'When the statement came in.' CODEC(Delta(8), ZSTD(1)),
    reader LowCardinality(String) COMMENT 'Who proved to be asking: name in the file of readers; local for commands on the same machine; empty where nobody proved anything.',
    on_behalf_of LowCardinality(String) COMMENT 'For whom, as the client claims: user of Grafana, user of the machine, or the name that a refused login tried; empty when it claims nobody.',
    client_ip LowCardinality(String) COMMENT 'Canonical address of the TCP peer.',
    user_agent LowCardinality(String) COMMENT 'User agent, as the client claims.',
    statement String COMMENT 'The statement, secrets redacted, its first 64 KiB; empty for a refused login.' CODEC(ZSTD(3)),
    parameters Map(LowCardinality(String), String) COMMENT 'Query parameters by name, secrets redacted.' CODEC(ZSTD(3)),
    duration_seconds Float64 COMMENT 'From the request until the last byte of the reply, in seconds.',
    rows UInt64 COMMENT 'Rows of the answer; 0 where it was refused or failed.',
    bytes UInt64 COMMENT 'Bytes of the reply before compression.',
    outcome LowCardinality(String) COMMENT 'success; refused by the front (login, rights, limits of use); error of the engine or the client.',
    reason String COMMENT 'Why not, in one line; empty on success.' CODEC(ZSTD(3)),
    query_id String COMMENT 'Id that the reply carried.',
    via LowCardinality(String) COMMENT 'Road: front.'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (at, reader)
COMMENT 'Who read the audit log, from where, for whom, and what they asked.'
