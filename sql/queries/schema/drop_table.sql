-- title: A table that goes
-- question: Which copy or scratch table is needed no more?
-- param table: name of the table
DROP TABLE IF EXISTS {table:Identifier}
