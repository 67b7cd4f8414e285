-- title: The end of a statement
-- question: Which statement is to end? The engine ends it between two blocks of rows.
-- param mark: the comment that the statement ends with
KILL QUERY
WHERE endsWith(query, {mark:String}) AND query NOT LIKE 'KILL QUERY%'
ASYNC
