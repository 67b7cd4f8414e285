-- title: Holes
-- question: Runs of hours without any event between the first and the last event of an API server. Whether nothing happened or the log was lost cannot be told from here.
-- empty: No hole in this range.
-- next: ingest/sources
-- queries: coverage-holes
SELECT
    cluster,
    component,
    hole_from,
    hole_until,
    hours
FROM holes
WHERE hole_until > $__fromTime
    AND hole_from <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY hole_from DESC
LIMIT 100
