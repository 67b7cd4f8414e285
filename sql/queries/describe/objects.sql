-- title: Objects of the schema
-- question: What does the store hold, and what is each object for?
-- param database: name of the database
SELECT
    name,
    multiIf(
        engine = 'Dictionary', 'dictionary',
        engine = 'MaterializedView', 'feed',
        engine = 'View', 'view',
        'table') AS kind,
    engine,
    comment,
    create_table_query AS ddl
FROM system.tables
WHERE database = {database:String}
    AND NOT startsWith(name, '.')
ORDER BY name
