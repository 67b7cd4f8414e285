-- title: Batches by their hash
-- question: Which batches are these, and are their rows classified by the rules of today?
-- param key_a: first half of a random key
-- param key_b: its second half
-- param hashes: hashes of batch ids under that key
-- param cluster: label of the cluster
SELECT
    sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), named.batch_id) AS batch,
    named.batch_id AS batch_id,
    entered.source AS source,
    entered.sequence AS sequence,
    entered.loaded_at AS loaded_at,
    entered.rules_hash AS rules_hash
FROM
(
    SELECT DISTINCT batch_id
    FROM
    (
        SELECT batch_id
        FROM batches
        WHERE cluster = {cluster:String}
        UNION ALL
        SELECT batch_id
        FROM digests
        WHERE cluster = {cluster:String}
        UNION ALL
        SELECT toString(batch_id)
        FROM events
        WHERE cluster = {cluster:String}
        UNION ALL
        SELECT batch_id
        FROM rejected
        WHERE cluster = {cluster:String}
        UNION ALL
        SELECT toString(batch_id)
        FROM auth_records
        WHERE cluster = {cluster:String}
        UNION ALL
        SELECT toString(batch_id)
        FROM access_records
        WHERE cluster = {cluster:String}
    )
    WHERE has({hashes:Array(UInt64)}, sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), batch_id))
) AS named
LEFT JOIN
(
    SELECT *
    FROM batches
    FINAL
    WHERE cluster = {cluster:String}
) AS entered ON entered.batch_id = named.batch_id
ORDER BY
    loaded_at,
    source,
    sequence
