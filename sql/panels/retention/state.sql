-- title: What is kept
-- question: Every class of the policy by table and cluster: its oldest and newest row, how long it is kept, and whether anything is past due. Keeping for 0 days means for ever.
-- empty: Nothing is kept yet.
-- next: ingest
SELECT
    class,
    table,
    cluster,
    oldest_at,
    newest_at,
    keep_days,
    rows AS records,
    held,
    past_due,
    bytes
FROM retention_state
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY
    past_due DESC,
    class,
    table,
    cluster
LIMIT 500
