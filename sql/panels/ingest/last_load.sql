-- title: Newest delivery
-- question: How long ago the newest batch arrived, by the clock of the store. Grows when ingest has stopped.
-- next: ingest/sources
SELECT if(count() = 0, NULL, dateDiff('second', max(loaded_at), now64(6))) AS value
FROM batches
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
