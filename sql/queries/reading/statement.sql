-- title: A statement as the engine reads it
-- question: Is this one statement, and how does the engine write it?
-- param text: the statement
SELECT formatQuerySingleLine({text:String}) AS statement
