-- title: Heads of the ledger
-- question: Where does the chain of each source end?
-- param cluster: regular expression for the clusters; empty for all
SELECT
    cluster,
    source,
    max(batches.sequence) AS sequence,
    argMax(chain_hash, batches.sequence) AS chain_hash
FROM batches
FINAL
WHERE match(cluster, {cluster:String})
GROUP BY
    cluster,
    source
ORDER BY
    cluster,
    source
