-- title: Objects of a database as the engine writes them
-- question: What does each table, view and dictionary look like?
-- param database: name of the database
SELECT
    name,
    engine,
    replaceRegexpAll(create_table_query, concat('(^|[^\\w.])`?', regexpQuoteMeta(database), '`?\\.'), '\\1') AS definition,
    engine_full
FROM system.tables
WHERE database = {database:String}
    AND NOT startsWith(name, '.')
ORDER BY name
