-- title: Rejected records
-- question: What could not be read, by reason and source, with the latest example. The record itself is kept, redacted: auditradar rejected.
-- empty: Every record could be read.
-- next: ingest/sources
-- queries: rejected-records
SELECT
    max(received_at) AS last_at,
    cluster,
    reason,
    source,
    count() AS records,
    argMax(left(raw, 300), received_at) AS example
FROM rejected
FINAL
WHERE $__timeFilter_ms(received_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    cluster,
    reason,
    source
ORDER BY records DESC
LIMIT 100
