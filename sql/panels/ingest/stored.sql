-- title: Loaded in this range
-- question: Records and bytes of the batches loaded in the range, as delivered; on disk they take a fraction of it.
-- next: ingest/sources
SELECT
    sum(records) AS records,
    sum(bytes) AS bytes
FROM batches
FINAL
WHERE $__timeFilter_ms(loaded_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
