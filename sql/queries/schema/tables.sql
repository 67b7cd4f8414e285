-- title: Tables of the store
-- question: Which tables does the database hold?
-- param database: name of the database
SELECT name
FROM system.tables
WHERE database = {database:String}
    AND NOT is_temporary
    AND NOT startsWith(name, '.')
ORDER BY name
