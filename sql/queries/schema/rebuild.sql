-- title: Projection of the stored events
-- question: How are the stored events brought under the present rules?
INSERT INTO landing
SELECT
    cluster,
    platform,
    component,
    '' AS source,
    batch_id,
    toUInt64(0) AS position,
    'event' AS record_kind,
    '' AS reason,
    arrayStringConcat(redacted, ',') AS redacted,
    ingested_at AS received_at,
    raw
FROM events
FINAL
WHERE (toString(cluster), toStartOfMonth(requested_at)) NOT IN
(
    SELECT
        toString(cluster),
        month
    FROM expired_months
)
