-- title: A statement as the engine writes it
-- question: Is this one statement? Without comments, in one line.
-- param text: the statement
SELECT formatQuerySingleLine({text:String}) AS statement
