-- title: Digests of a batch
-- question: What was recorded of the records of this batch, by kind and month?
-- param cluster: label of the cluster
-- param batch_id: the batch
SELECT
    kind,
    toString(month) AS month,
    length(arrayDistinct(arrayFlatten(groupArray(entries)))) AS records,
    digest_of(arrayFlatten(groupArray(entries))) AS digest
FROM digests
WHERE cluster = {cluster:String}
    AND batch_id = {batch_id:String}
GROUP BY
    kind,
    month
ORDER BY
    kind,
    month
