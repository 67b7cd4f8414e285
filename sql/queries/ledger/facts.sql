-- title: Facts of a batch
-- question: What did the engine see of this batch?
-- param cluster: label of the cluster
-- param batch_id: the batch
SELECT
    sum(batch_facts.events) AS events,
    sum(batch_facts.rejected) AS rejected,
    sum(batch_facts.redacted) AS redacted,
    min(batch_facts.first_event_at) AS first_event_at,
    max(batch_facts.last_event_at) AS last_event_at,
    argMax(toString(component), tuple(batch_facts.events, batch_facts.rejected, component)) AS component
FROM batch_facts
FINAL
WHERE cluster = {cluster:String}
    AND batch_id = {batch_id:String}
