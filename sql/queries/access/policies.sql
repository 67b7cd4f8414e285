-- title: Row policies
-- question: Which rows does this server show to whom?
-- param database: name of the database
SELECT
    short_name,
    table,
    select_filter
FROM system.row_policies
WHERE database = {database:String}
    AND startsWith(short_name, 'auditradar_')
ORDER BY ALL
