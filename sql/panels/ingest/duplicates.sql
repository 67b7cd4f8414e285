-- title: Duplicates dropped
-- question: Records delivered in all minus rows held now: copies that came by a second road. ClickHouse drops copies when it merges, so the number grows for a while after a load; retention makes it meaningless once events are deleted.
-- next: ingest/sources
SELECT greatest(0, toInt64(delivered) - toInt64(held)) AS value
FROM
(
    SELECT
        (
            SELECT sum(records) - sum(batches.rejected) - sum(excluded)
            FROM batches
            FINAL
            WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
                AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
        ) AS delivered,
        (
            SELECT count()
            FROM events
            WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
                AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
        ) AS held
)
