-- title: Rows that are due
-- question: Which table is rewritten without the rows whose time is over?
-- param table: name of the table
ALTER TABLE {table:Identifier} MATERIALIZE TTL
