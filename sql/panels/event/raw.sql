-- title: Raw events
-- question: The events as the API server wrote them, secrets redacted, a row a stage. Click a cell to see all of it.
-- empty: No event with this audit id.
-- next: ingest
SELECT
    stage_at AS timestamp,
    raw AS body,
    'info' AS level,
    toString(stage) AS stage,
    toString(component) AS component
FROM events
WHERE audit_id = decodeURLComponent('${audit_id:percentencode}')
ORDER BY timestamp DESC
LIMIT 50
