-- title: Batches that were begun
-- question: Of which of these batches does the store hold anything?
-- param cluster: label of the cluster
-- param batch_ids: the batches
SELECT DISTINCT batch_id
FROM batch_facts
WHERE cluster = {cluster:String}
    AND batch_id IN {batch_ids:Array(String)}
UNION DISTINCT
SELECT DISTINCT batch_id
FROM rejected
WHERE cluster = {cluster:String}
    AND batch_id IN {batch_ids:Array(String)}
