-- title: Skipping indices of a database
-- question: Which skipping indices does each table have?
-- param database: name of the database
SELECT
    table,
    name,
    concat(expr, ' TYPE ', type_full, ' GRANULARITY ', toString(granularity)) AS definition
FROM system.data_skipping_indices
WHERE database = {database:String}
    AND NOT startsWith(table, '.')
