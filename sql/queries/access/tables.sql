-- title: Tables by what must be guarded
-- question: Which tables hold rows of a cluster, which have the raw text, which are feeds?
-- param database: name of the database
SELECT
    table,
    countIf(name = 'cluster') > 0 AND any(tables.engine) LIKE '%MergeTree' AS rows_of_clusters,
    any(tables.engine) = 'MaterializedView' AS feed,
    countIf(name = 'raw') > 0 AND NOT feed AS has_raw
FROM system.columns
INNER JOIN system.tables AS tables ON tables.database = columns.database AND tables.name = columns.table
WHERE columns.database = {database:String}
    AND NOT startsWith(table, '.')
    AND table NOT IN ('landing', 'landing_lines', 'parsed', 'lines')
    AND NOT match(table, '__(new|ttl|saved)$')
GROUP BY table
HAVING rows_of_clusters OR has_raw OR feed
ORDER BY table
