-- title: Rows held
-- question: Rows that a legal hold covers: they outlive every retention time until the hold is released. The same row in two tables counts twice.
-- next: retention/holds
SELECT sum(held) AS value
FROM retention_state
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
