-- title: Bytes loaded
-- question: What arrived when, by cluster, as delivered and before compression.
-- empty: Nothing was loaded in this range.
-- next: ingest/sources
SELECT
    $__timeInterval(loaded_at) AS time,
    toString(cluster) AS cluster,
    sum(batches.bytes) AS bytes
FROM batches
FINAL
WHERE $__timeFilter_ms(loaded_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    time,
    cluster
ORDER BY time
