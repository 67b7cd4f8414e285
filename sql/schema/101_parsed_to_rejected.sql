CREATE MATERIALIZED VIEW IF NOT EXISTS parsed_to_rejected TO rejected AS
SELECT
    received_at,
    cluster,
    source,
    batch_id,
    position,
    reason,
    raw
FROM parsed
WHERE reason != ''
