-- title: Known batches in a stretch
-- question: Which batches that begin between these offsets has the store already?
-- param cluster: label of the cluster
-- param first: first offset, in the decompressed source
-- param behind: offset behind the last
SELECT DISTINCT
    first_offset,
    bytes,
    batch_id
FROM batches
WHERE cluster = {cluster:String}
    AND first_offset >= {first:UInt64}
    AND first_offset < {behind:UInt64}
ORDER BY
    first_offset,
    bytes
