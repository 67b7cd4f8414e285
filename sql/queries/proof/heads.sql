-- title: Heads of the ledger
-- question: Where does the chain of each source end? A chain that forked ends more than once.
-- param cluster: regular expression for the clusters; empty for all
SELECT
    cluster,
    source,
    sequence,
    chain_hash
FROM batches
FINAL
WHERE match(cluster, {cluster:String})
    AND (cluster, source, chain_hash) NOT IN
    (
        SELECT
            cluster,
            source,
            previous_hash
        FROM batches
    )
ORDER BY
    cluster,
    source,
    sequence,
    chain_hash
