-- title: Row of a batch
-- question: Is this batch of this source in the ledger already, and with which place in the chain?
-- param cluster: label of the cluster
-- param source: where the bytes came from
-- param first_offset: where the batch begins there
-- param batch_id: the batch
SELECT
    sequence,
    chain_hash
FROM batches
WHERE cluster = {cluster:String}
    AND source = {source:String}
    AND first_offset = {first_offset:UInt64}
    AND batch_id = {batch_id:String}
ORDER BY sequence
LIMIT 1
