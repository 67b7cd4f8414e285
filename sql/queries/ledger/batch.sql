-- title: A batch of a source
-- question: Is this batch of this source in the ledger?
-- param cluster: label of the cluster
-- param source: where the bytes came from
-- param batch_id: the batch
SELECT sequence
FROM batches
WHERE cluster = {cluster:String}
    AND source = {source:String}
    AND batch_id = {batch_id:String}
LIMIT 1
