-- title: Columns of a database
-- question: What type, codec and comment does each column have?
-- param database: name of the database
SELECT
    table,
    name,
    type,
    default_kind,
    default_expression,
    compression_codec,
    comment
FROM system.columns
WHERE database = {database:String}
    AND NOT startsWith(table, '.')
ORDER BY
    table,
    position
