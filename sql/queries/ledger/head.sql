-- title: Head of a source's chain
-- question: Which batch of this source was written to the ledger last? Of two at once, all loaders go on with the same one.
-- param cluster: label of the cluster
-- param source: where the bytes came from
SELECT
    sequence,
    chain_hash
FROM batches
WHERE cluster = {cluster:String}
    AND source = {source:String}
ORDER BY
    sequence DESC,
    chain_hash DESC
LIMIT 1
