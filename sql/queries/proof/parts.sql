-- title: Digests that do not match the ledger
-- question: Which batches have other digests than the ledger says, or no row in the ledger at all?
-- param cluster: regular expression for the clusters; empty for all
-- param settled: batches that arrived later may still be on their way into the ledger
SELECT
    multiIf(
        entered.batch_id = '' AND stored.batch_id NOT IN (SELECT batch_id FROM batches), 'unledgered',
        entered.batch_id = '', 'digest-added',
        stored.batch_id = '', 'digest-removed',
        'digest-changed') AS problem,
    if(entered.batch_id = '', stored.cluster, entered.cluster) AS cluster,
    if(entered.batch_id = '', stored.batch_id, entered.batch_id) AS batch_id,
    if(entered.batch_id = '', stored.kind, entered.kind) AS kind,
    if(entered.batch_id = '', stored.month, entered.month) AS month,
    if(entered.batch_id = '', stored.records, entered.records) AS records,
    entered.source AS source,
    entered.sequence AS sequence,
    if(entered.batch_id = '', stored.received_at, entered.loaded_at) AS loaded_at
FROM
(
    SELECT
        cluster,
        batch_id,
        part.1 AS kind,
        part.2 AS month,
        part.3 AS records,
        part.4 AS digest,
        source,
        sequence,
        loaded_at
    FROM batches
    FINAL
    ARRAY JOIN parts AS part
    WHERE match(cluster, {cluster:String})
) AS entered
FULL JOIN
(
    SELECT
        cluster,
        batch_id,
        kind,
        month,
        max(received_at) AS received_at,
        toUInt64(length(arrayDistinct(arrayFlatten(groupArray(entries))))) AS records,
        digest_of(arrayFlatten(groupArray(entries))) AS digest
    FROM digests
    WHERE match(cluster, {cluster:String})
    GROUP BY
        cluster,
        batch_id,
        kind,
        month
) AS stored ON stored.cluster = entered.cluster
    AND stored.batch_id = entered.batch_id
    AND stored.kind = entered.kind
    AND stored.month = entered.month
LEFT JOIN retention_horizons AS horizon
    ON horizon.cluster = entered.cluster
    AND horizon.class = transform(toString(entered.kind), ['event'], ['events'], toString(entered.kind))
WHERE (stored.digest != entered.digest OR stored.records != entered.records)
    AND NOT (stored.batch_id = '' AND entered.month < horizon.expired_before)
    AND NOT (problem = 'unledgered' AND stored.received_at >= {settled:DateTime64(6, 'UTC')})
ORDER BY
    cluster,
    batch_id,
    kind,
    month
