-- title: A table without copies
-- question: Of which table are replaced rows removed now, and not at the engine's leisure?
-- param table: name of the table
OPTIMIZE TABLE {table:Identifier} FINAL
