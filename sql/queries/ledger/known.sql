-- title: Known batches at an offset
-- question: Which batches that begin at this offset has the store already?
-- param cluster: label of the cluster
-- param first_offset: offset of the first byte in the decompressed source
SELECT DISTINCT
    bytes,
    batch_id
FROM batches
WHERE cluster = {cluster:String}
    AND first_offset = {first_offset:UInt64}
ORDER BY bytes
