-- title: Newest event
-- question: How long before the end of the range the newest event was, for the cluster that is furthest behind. Seconds to minutes while a stream runs; files that are loaded by hand are as old as they are.
-- next: ingest/sources
SELECT max(dateDiff('second', last_event_at, $__toTime_ms)) AS value
FROM clusters
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
