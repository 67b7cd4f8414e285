-- title: Rejected records that do not match
-- question: Which stored rejected records are not what was delivered: changed, missing, added?
-- param key_a: first half of a random key
-- param key_b: its second half
-- param cluster: label of the cluster
-- param since: records delivered from this moment on
-- param until: records delivered before this moment
-- param expired_before: records before this day were due to be removed
-- param settled: what arrived later and is not in the ledger is still on its way
SELECT
    problem,
    batch,
    count() AS records,
    min(at) AS first_at
FROM
(
    SELECT
        sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), batch_id) AS batch,
        position,
        min(moment) AS at,
        groupUniqArrayIf(identity, recorded) AS told,
        groupUniqArrayIf(identity, NOT recorded) AS kept,
        multiIf(
            empty(kept), if(at < toDateTime64({expired_before:Date}, 6, 'UTC'), 'expired', 'missing'),
            empty(told), 'added',
            NOT hasAll(told, kept), 'changed',
            min(moment) < minIf(moment, recorded) OR max(moment) > maxIf(moment, recorded), 'received',
            '') AS problem
    FROM
    (
        SELECT
            batch_id,
            entry.2 AS position,
            received_at AS moment,
            sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), entry.4) AS identity,
            true AS recorded
        FROM digests
        ARRAY JOIN entries AS entry
        WHERE kind = 'rejected'
            AND cluster = {cluster:String}
        UNION ALL
        SELECT
            batch_id,
            position,
            received_at AS moment,
            sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), content_hash_of(concat(source, ' ', reason), raw)) AS identity,
            false AS recorded
        FROM rejected
        WHERE cluster = {cluster:String}
    )
    WHERE moment >= {since:DateTime64(6, 'UTC')}
        AND moment < {until:DateTime64(6, 'UTC')}
        AND (moment < {settled:DateTime64(6, 'UTC')} OR batch_id IN (SELECT batch_id FROM batches))
    GROUP BY
        batch_id,
        position
)
WHERE problem != ''
GROUP BY
    problem,
    batch
