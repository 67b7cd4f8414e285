-- title: Totals of the ledger
-- question: How much does the ledger hold?
-- param cluster: regular expression for the clusters; empty for all
SELECT
    count() AS batches,
    sum(batches.records) AS records,
    sum(batches.rejected) AS rejected,
    sum(batches.bytes) AS bytes
FROM batches
FINAL
WHERE match(cluster, {cluster:String})
