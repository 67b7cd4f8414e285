-- A connection is at least as long as nothing: an end before its beginning, or one that cannot be read, is the beginning.
CREATE MATERIALIZED VIEW IF NOT EXISTS landing_lines_to_lines TO lines AS
SELECT
    cluster,
    platform,
    source,
    batch_id,
    position,
    record_kind,
    multiIf(
        fields.system = '', 'not a line of a known system: it names none',
        isNull(fields.at), 'its time cannot be read',
        toYear(fields.at) NOT BETWEEN 2014 AND 2099, 'its time lies outside 2014 to 2099',
        '') AS reason,
    redacted,
    received_at,
    true AS delivered,
    fields.system AS system,
    fields.at AS at,
    if(record_kind = 'access', greatest(coalesce(fields.ended_at, fields.at), fields.at), NULL) AS ended_at,
    raw
FROM
(
    SELECT
        *,
        JSONExtract(raw, 'Tuple(
            system LowCardinality(String),
            at Nullable(DateTime64(6, \'UTC\')),
            ended_at Nullable(DateTime64(6, \'UTC\')))') AS fields
    FROM landing_lines
)
