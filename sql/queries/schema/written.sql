-- title: A statement as the engine writes it
-- question: How would the engine store this statement?
-- param statement: the statement
SELECT formatQuerySingleLine({statement:String})
