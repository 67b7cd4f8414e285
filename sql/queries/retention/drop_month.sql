-- title: A month that is due
-- question: Which month of a table goes as a whole?
-- param table: name of the table
-- param partition: its partition, as 202603
ALTER TABLE {table:Identifier} DROP PARTITION ID {partition:String}
