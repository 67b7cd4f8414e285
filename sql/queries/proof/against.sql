-- title: Ledger rows at the exported heads
-- question: What does the ledger have where the head was?
-- param heads: (cluster, source, sequence) of the head
SELECT
    cluster,
    source,
    sequence,
    chain_hash,
    batch_id
FROM batches
FINAL
WHERE (toString(cluster), source, sequence) IN {heads:Array(Tuple(String, String, UInt64))}
