-- title: Lines of kind access that do not match
-- question: Which stored access lines are not what was delivered? `projected` is made of stored_access.sql and the feeds.
-- param key_a: first half of a random key, so that nobody can prepare a row with the same hash
-- param key_b: its second half
-- param cluster: label of the cluster
-- param since: lines from this moment on
-- param until: lines before this moment
-- param expired_before: lines before this day were due to be removed
-- param settled: what arrived later and is not in the ledger is still on its way
SELECT
    problem,
    sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), batch) AS batch,
    count() AS records,
    min(at) AS first_at
FROM
(
    SELECT
        min(moment) AS at,
        groupUniqArrayIf((batch_id, hash), recorded) AS told,
        groupUniqArrayIf((batch_id, hash), NOT recorded) AS kept,
        if(empty(told), kept, told)[1].1 AS batch,
        multiIf(
            empty(kept), if(at < toDateTime64({expired_before:Date}, 6, 'UTC'), 'expired', 'missing'),
            empty(told), 'added',
            NOT hasAll(told, kept), 'changed',
            NOT min(as_classified), 'reclassified',
            '') AS problem
    FROM
    (
        SELECT
            entry.1 AS moment,
            batch_id,
            entry.2 AS place,
            entry.4 AS hash,
            true AS recorded,
            true AS as_classified
        FROM digests
        ARRAY JOIN entries AS entry
        WHERE kind = 'access'
            AND cluster = {cluster:String}
            AND month >= toStartOfMonth({since:DateTime64(6, 'UTC')})
            AND month <= toStartOfMonth({until:DateTime64(6, 'UTC')})
            AND moment >= {since:DateTime64(6, 'UTC')}
            AND moment < {until:DateTime64(6, 'UTC')}
            AND (received_at < {settled:DateTime64(6, 'UTC')} OR batch_id IN (SELECT batch_id FROM batches))
        UNION ALL
        SELECT
            accepted_at AS moment,
            toString(batch_id) AS batch_id,
            sipHash64(line_id_of(raw)) AS place,
            content_hash_of(toString(position), raw) AS hash,
            false AS recorded,
            stored_facts = tuple(
                accepted_at,
                ended_at,
                cluster,
                system,
                client_ip,
                client_port,
                forwarded_for,
                frontend,
                backend,
                server,
                server_ip,
                server_port,
                method,
                uri,
                code,
                user_agent,
                bytes,
                position,
                batch_id) AS as_classified
        FROM projected
        WHERE batch_id IN (SELECT batch_id FROM batches)
            OR batch_id NOT IN
            (
                SELECT batch_id
                FROM digests
                WHERE received_at >= {settled:DateTime64(6, 'UTC')}
            )
    )
    GROUP BY
        moment,
        place
)
WHERE problem != ''
GROUP BY
    problem,
    batch
