-- title: Sources
-- question: Where records came from, when last, how many could not be read. A source that stopped long before the others has a reason.
-- empty: Nothing was loaded yet.
-- next: ingest/reasons
-- queries: sources
SELECT
    max(batches.loaded_at) AS loaded_at,
    cluster,
    component,
    source,
    count() AS batches,
    sum(batches.records) AS records,
    sum(batches.rejected) AS rejected,
    sum(batches.redacted) AS redacted,
    sum(batches.bytes) AS bytes,
    max(batches.last_event_at) AS last_event_at
FROM batches
FINAL
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    cluster,
    component,
    source
ORDER BY loaded_at DESC
LIMIT 200
