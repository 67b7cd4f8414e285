CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_rejected TO rejected AS
SELECT
    received_at,
    cluster,
    source,
    batch_id,
    position,
    reason,
    raw
FROM lines
WHERE reason != ''
