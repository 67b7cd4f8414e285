-- title: Columns of the schema
-- question: What is each column?
-- param database: name of the database
-- The engine keeps no comments for the columns of views: they are those of the table column with the same name.
SELECT
    table,
    name,
    type,
    if(comment != '', comment, known.words) AS comment
FROM system.columns AS columns
LEFT JOIN
(
    SELECT
        name AS label,
        argMax(comment, indexOf(['refusals', 'events', 'sessions'], table)) AS words
    FROM system.columns
    WHERE database = {database:String}
        AND comment != ''
    GROUP BY label
) AS known ON known.label = columns.name
WHERE database = {database:String}
    AND NOT startsWith(table, '.')
ORDER BY
    table,
    position
