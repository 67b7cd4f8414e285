-- title: A table without rows
-- question: Which table is made anew from the first row on?
-- param table: name of the table
TRUNCATE TABLE {table:Identifier}
