CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_digests TO digests AS
SELECT
    cluster,
    batch_id,
    kind,
    toStartOfMonth(entry.1) AS month,
    received_at,
    min(position) AS block,
    groupArray(entry) AS entries
FROM
(
    SELECT
        cluster,
        batch_id,
        received_at,
        position,
        if(reason = '', toString(record_kind), 'rejected') AS kind,
        multiIf(record_kind = 'access', toString(position), platform != '', toString(platform), system = 'eks-authenticator', 'eks', 'kubernetes') AS shown,
        tuple(
            if(reason = '', assumeNotNull(at), received_at),
            if(reason = '', sipHash64(line_id_of(raw)), position),
            toUInt64(0),
            content_hash_of(if(reason = '', shown, concat(source, ' ', reason)), raw)) AS entry
    FROM lines
    WHERE delivered
)
GROUP BY
    cluster,
    batch_id,
    kind,
    month,
    received_at
