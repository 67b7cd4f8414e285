-- title: TTL of a table
-- question: When does the engine remove rows of this table?
-- param table: name of the table
SELECT extract(engine_full, ' TTL (.*?)(?: SETTINGS |$)') AS ttl
FROM system.tables
WHERE database = currentDatabase()
    AND name = {table:String}
