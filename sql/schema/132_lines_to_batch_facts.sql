CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_batch_facts TO batch_facts AS
SELECT
    cluster,
    batch_id,
    system AS component,
    min(position) AS block,
    countIf(reason = '') AS events,
    countIf(reason != '') AS rejected,
    countIf(redacted != '') AS redacted,
    minIf(at, reason = '') AS first_event_at,
    maxIf(coalesce(ended_at, at), reason = '') AS last_event_at
FROM lines
WHERE delivered
GROUP BY
    cluster,
    batch_id,
    component
