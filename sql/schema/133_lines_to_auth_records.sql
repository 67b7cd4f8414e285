-- Every line has a row, also one that is neither login nor failure (kind ''): its raw text is kept and can be projected again.
CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_auth_records TO auth_records AS
WITH JSONExtract(raw, 'Tuple(
    type LowCardinality(String),
    actor LowCardinality(String),
    names Array(LowCardinality(String)),
    provider LowCardinality(String),
    client_name LowCardinality(String),
    client_ip LowCardinality(String),
    user_agent LowCardinality(String),
    session String,
    credential_id String,
    groups Array(LowCardinality(String)),
    error String)') AS line
SELECT
    assumeNotNull(lines.at) AS at,
    cluster,
    multiIf(lines.platform != '', lines.platform, system = 'eks-authenticator', 'eks', 'kubernetes') AS platform,
    system AS component,
    identity_kind_of(system, line.type, line.error) AS kind,
    person_of(line.actor) AS actor,
    arrayDistinct(arrayFilter(name -> name != '', arrayPushFront(line.names, line.actor))) AS names,
    '' AS by,
    line.client_name AS client_name,
    line.provider AS provider,
    if(line.session != '', line.session, line.credential_id) AS credential_id,
    if(line.session != '', line.credential_id, '') AS linked_id,
    '' AS issued_to,
    line.groups AS groups,
    address_of(line.client_ip) AS client_ip,
    if(client_ip = '', '', 'peer') AS client_ip_evidence,
    client_ip AS peer_ip,
    line.user_agent AS user_agent,
    toUInt16(0) AS code,
    line.type AS decision,
    line.error AS reason,
    '' AS target,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS created_at,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS expires_at,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS inactive_at,
    line_id_of(raw) AS evidence_id,
    batch_id,
    raw,
    toUInt64(0) AS richness
FROM lines
WHERE record_kind = 'identity'
    AND lines.reason = ''
