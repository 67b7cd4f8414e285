-- title: Events that do not match
-- question: Which stored events are not what was delivered: changed, missing, added? `projected` is made of stored.sql and the feeds.
-- param key_a: first half of a random key, so that nobody can prepare a row with the same hash
-- param key_b: its second half
-- param cluster: label of the cluster
-- param since: events from this moment on
-- param until: events before this moment
-- param expired_before: events before this day were due to be removed
-- param settled: what arrived later and is not in the ledger is still on its way
SELECT
    problem,
    if(problem = 'missing' OR problem = 'expired', told_batch, kept_batch) AS batch,
    count() AS records,
    min(at) AS first_at
FROM
(
    SELECT
        at,
        groupUniqArrayIf(identity, recorded) AS told,
        groupUniqArrayIf(identity, NOT recorded AND NOT on_its_way) AS kept,
        maxIf(rank, recorded AND NOT on_its_way) AS rank_told,
        maxIf(rank, NOT recorded) AS rank_kept,
        argMaxIf(batch, rank, recorded) AS told_batch,
        argMaxIf(batch, rank, NOT recorded) AS kept_batch,
        countIf(recorded AND NOT on_its_way) AS certain,
        countIf(NOT recorded) AS found,
        multiIf(
            found = 0 AND certain = 0, '',
            found = 0, if(at < toDateTime64({expired_before:Date}, 6, 'UTC'), 'expired', 'missing'),
            empty(told) AND notEmpty(kept), 'added',
            NOT hasAll(told, kept) OR NOT min(as_delivered), 'changed',
            rank_kept < rank_told, 'missing',
            NOT min(as_classified), 'reclassified',
            notEmpty(told) AND (min(received) < minIf(received, recorded) OR max(received) > maxIf(received, recorded)), 'received',
            '') AS problem
    FROM
    (
        SELECT
            entry.1 AS at,
            entry.2 AS key,
            entry.3 AS rank,
            sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), batch_id) AS batch,
            sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), batch_id, rank, entry.4) AS identity,
            received_at AS received,
            true AS recorded,
            true AS as_delivered,
            true AS as_classified,
            received_at >= {settled:DateTime64(6, 'UTC')} AND batch_id NOT IN (SELECT batch_id FROM batches) AS on_its_way
        FROM digests
        ARRAY JOIN entries AS entry
        WHERE kind = 'event'
            AND cluster = {cluster:String}
            AND month >= toStartOfMonth({since:DateTime64(6, 'UTC')})
            AND month <= toStartOfMonth({until:DateTime64(6, 'UTC')})
            AND at >= {since:DateTime64(6, 'UTC')}
            AND at < {until:DateTime64(6, 'UTC')}
        UNION ALL
        SELECT
            requested_at AS at,
            event_key_of(component, audit_id, stage) AS key,
            richness AS rank,
            sipHash64Keyed(({key_a:UInt64}, {key_b:UInt64}), toString(batch_id)) AS batch,
            sipHash64Keyed(
                ({key_a:UInt64}, {key_b:UInt64}),
                toString(batch_id),
                rank,
                content_hash_of(concat(platform, ' ', arrayStringConcat(redacted, ',')), raw)) AS identity,
            ingested_at AS received,
            false AS recorded,
            stored_facts.1 = tuple(
                component,
                audit_id,
                stage,
                level,
                requested_at,
                stage_at,
                verb,
                request_uri,
                api_group,
                api_version,
                resource,
                subresource,
                namespace,
                name,
                actor,
                actor_uid,
                actor_groups,
                mapKeys(actor_extra),
                mapValues(actor_extra),
                impersonated_user,
                impersonated_groups,
                effective_user,
                source_ips,
                user_agent,
                code,
                status,
                reason,
                message,
                decision,
                decision_reason,
                mapKeys(annotations),
                mapValues(annotations),
                redacted,
                richness) AS as_delivered,
            stored_facts.2 = tuple(
                actor_kind,
                credential_kind,
                credential_id,
                peer_ip,
                client_ip,
                client_ip_evidence,
                client,
                outcome) AS as_classified,
            ingested_at >= {settled:DateTime64(6, 'UTC')} AND batch_id NOT IN (SELECT batch_id FROM batches) AS on_its_way
        FROM projected
    )
    GROUP BY
        at,
        key
)
WHERE problem != ''
GROUP BY
    problem,
    batch
