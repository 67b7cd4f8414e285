-- title: Facts of a batch
-- question: What did the engine see of this batch?
-- param cluster: label of the cluster
-- param batch_id: the batch
SELECT
    sum(events) AS events,
    sum(rejected) AS rejected,
    sum(redacted) AS redacted,
    min(first_event_at) AS first_event_at,
    max(last_event_at) AS last_event_at
FROM batch_facts
FINAL
WHERE cluster = {cluster:String}
    AND batch_id = {batch_id:String}
