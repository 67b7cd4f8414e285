-- title: Rejected and redacted
-- question: Records that could not be read, and records in which a secret was taken out before storing, in the batches loaded in the range. Rejected records are kept with their reason.
-- next: ingest/reasons
SELECT
    sum(batches.rejected) AS rejected,
    sum(batches.redacted) AS redacted
FROM batches
FINAL
WHERE $__timeFilter_ms(loaded_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
