-- title: Number of batches
-- question: How many batches does the ledger hold?
-- param cluster: regular expression for the clusters; empty for all
SELECT count()
FROM batches
FINAL
WHERE match(cluster, {cluster:String})
