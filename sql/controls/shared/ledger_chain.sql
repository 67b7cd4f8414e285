-- title: The ledger of deliveries
-- question: Is the chain of delivered batches whole, and are the stored records what was delivered?
-- proves: Every batch that holds events of the period is in the ledger with the hash of its bytes, follows the batch before it in number and in hash, so that a removed row of the ledger breaks the chain. In a report, the stored records were recomputed too, as `auditradar verify` does: one row says with what result.
-- cannot: Bytes changed before they were loaded, and a store written anew as a whole: compare with a head that was exported. A dashboard does not recompute the records; the file proof.json of a pack and `auditradar verify` do.
-- pass: the chain of the source is whole, and the stored records are what was delivered
-- fail: a number is missing, a batch does not follow the one before it, or a stored record is not what was delivered
-- none: no-data; no batch of the period is in the ledger
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param mismatched: clusters whose records are not what was delivered, as a JSON list; unknown where nothing was recomputed
-- value mismatched: unknown
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column source: where the bytes came from; empty in the row about the stored records
-- column batches: batches of the period
-- column first_loaded_at: when the first was delivered
-- column last_loaded_at: when the last was delivered
-- column missing: batches whose predecessor is missing
-- column broken: batches that do not follow the one before
-- column last_chain_hash: chain hash of the last
SELECT
    cluster,
    if(missing = 0 AND broken = 0, 'pass', 'fail') AS status,
    multiIf(missing > 0, 'batches are missing', broken > 0, 'batches do not follow each other', 'the chain is whole') AS finding,
    source,
    batches,
    first_loaded_at,
    last_loaded_at,
    missing,
    broken,
    last_chain_hash
FROM
(
    SELECT
        cluster,
        source,
        count() AS batches,
        min(loaded_at) AS first_loaded_at,
        max(loaded_at) AS last_loaded_at,
        countIf(sequence > 1 AND empty(before)) AS missing,
        countIf(notEmpty(before) AND NOT has(before, previous_hash)) AS broken,
        argMax(chain_hash, sequence) AS last_chain_hash
    FROM
    (
        SELECT
            *,
            if(sequence = 1, [''], groupUniqArray(chain_hash) OVER earlier) AS before
        FROM batches FINAL
        WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
        WINDOW earlier AS (PARTITION BY cluster, source ORDER BY sequence RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING)
    )
    WHERE coalesce(last_event_at, loaded_at) >= {since:DateTime64(6, 'UTC')}
        AND coalesce(first_event_at, loaded_at) < {until:DateTime64(6, 'UTC')}
    GROUP BY
        cluster,
        source
)
UNION ALL
SELECT
    cluster,
    if(hasAny(JSONExtract({mismatched:String}, 'Array(String)'), [toString(cluster), '']), 'fail', 'pass') AS status,
    if(status = 'fail', 'the proof does not hold: see proof/proof.json', 'the stored records are what was delivered') AS finding,
    '' AS source,
    count() AS batches,
    min(loaded_at) AS first_loaded_at,
    max(loaded_at) AS last_loaded_at,
    toUInt64(0) AS missing,
    toUInt64(0) AS broken,
    '' AS last_chain_hash
FROM batches FINAL
WHERE {mismatched:String} != 'unknown'
    AND coalesce(last_event_at, loaded_at) >= {since:DateTime64(6, 'UTC')}
    AND coalesce(first_event_at, loaded_at) < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY cluster
