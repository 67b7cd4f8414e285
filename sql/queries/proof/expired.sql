-- title: Records that went with their month
-- question: How many records of the ledger are gone together with their digests because their month was due?
-- param cluster: regular expression for the clusters; empty for all
SELECT sum(part.3) AS records
FROM batches
FINAL
ARRAY JOIN parts AS part
WHERE match(cluster, {cluster:String})
    AND (cluster, batch_id, toString(part.1), part.2) NOT IN
    (
        SELECT
            cluster,
            batch_id,
            toString(kind),
            month
        FROM digests
    )
