-- A position of 0 marks stored events that are projected again; they belong to no delivery.
CREATE MATERIALIZED VIEW IF NOT EXISTS parsed_to_digests TO digests AS
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
        if(reason = '', 'event', 'rejected') AS kind,
        toUInt16(greatest(0, least(event.responseStatus.code, 65535))) AS http_code,
        multiIf(event.stage != '', event.stage, http_code = 0, 'RequestReceived', 'ResponseComplete') AS stage,
        tuple(
            if(reason = '', assumeNotNull(event.requestReceivedTimestamp), received_at),
            if(reason = '', event_key_of(component, event.auditID, stage), position),
            if(reason = '', richness_of(event.level, raw), 0),
            content_hash_of(if(reason = '', concat(platform, ' ', redacted), concat(source, ' ', reason)), raw)) AS entry
    FROM parsed
    WHERE position > 0
)
GROUP BY
    cluster,
    batch_id,
    kind,
    month,
    received_at
