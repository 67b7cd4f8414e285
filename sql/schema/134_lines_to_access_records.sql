CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_access_records TO access_records AS
WITH JSONExtract(raw, 'Tuple(
    client_ip LowCardinality(String),
    client_port UInt16,
    forwarded_for Array(String),
    frontend LowCardinality(String),
    backend LowCardinality(String),
    server String,
    server_ip LowCardinality(String),
    server_port UInt16,
    method LowCardinality(String),
    uri String,
    code UInt16,
    user_agent LowCardinality(String),
    bytes UInt64)') AS line
SELECT
    assumeNotNull(at) AS accepted_at,
    assumeNotNull(ended_at) AS ended_at,
    cluster,
    system,
    address_of(line.client_ip) AS client_ip,
    line.client_port AS client_port,
    line.forwarded_for AS forwarded_for,
    line.frontend AS frontend,
    line.backend AS backend,
    line.server AS server,
    address_of(line.server_ip) AS server_ip,
    line.server_port AS server_port,
    line.method AS method,
    line.uri AS uri,
    line.code AS code,
    line.user_agent AS user_agent,
    line.bytes AS bytes,
    position,
    batch_id,
    raw
FROM lines
WHERE record_kind = 'access'
    AND lines.reason = ''
