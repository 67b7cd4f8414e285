-- title: Raw events
-- question: The events as the API server wrote them, a row a stage, or the line of the identity provider or authenticator; secrets redacted. Click a row to see all of it.
-- empty: No event with this audit id.
-- next: ingest
SELECT
    timestamp,
    body,
    'info' AS level,
    stage,
    component
FROM
(
    SELECT
        stage_at AS timestamp,
        raw AS body,
        toString(stage) AS stage,
        toString(component) AS component
    FROM events
    WHERE audit_id = decodeURLComponent('${audit_id:percentencode}')
    UNION ALL
    SELECT
        at,
        raw,
        '',
        toString(component)
    FROM auth_records
    WHERE evidence_id = decodeURLComponent('${audit_id:percentencode}')
        AND raw != ''
)
ORDER BY timestamp DESC
LIMIT 50
