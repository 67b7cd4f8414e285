-- title: A statement as a tree
-- question: What did the engine's own parser read? Refuses more than one statement.
-- param text: the statement
SELECT parseQueryToJSON({text:String}) AS tree
