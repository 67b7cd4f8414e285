-- A position of 0 marks stored events that are projected again; they belong to no delivery.
CREATE MATERIALIZED VIEW IF NOT EXISTS parsed_to_batch_facts TO batch_facts AS
SELECT
    cluster,
    batch_id,
    component,
    min(position) AS block,
    countIf(reason = '') AS events,
    countIf(reason != '') AS rejected,
    countIf(redacted != '') AS redacted,
    minIf(event.requestReceivedTimestamp, reason = '') AS first_event_at,
    maxIf(if(toYear(event.stageTimestamp) <= 2099, event.stageTimestamp, event.requestReceivedTimestamp), reason = '') AS last_event_at
FROM parsed
WHERE position > 0
GROUP BY
    cluster,
    batch_id,
    component
