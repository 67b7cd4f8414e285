-- title: Kept
-- question: Rows and bytes on disk of everything that has a retention time. Bytes are the compressed size, shared among clusters by their rows.
-- next: retention/state
SELECT
    sum(rows) AS records,
    sum(retention_state.bytes) AS bytes
FROM retention_state
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
