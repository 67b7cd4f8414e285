-- title: A filter as a statement
-- question: Which statement has this filter as its condition, so that it can be checked like one?
-- param filter: an expression
SELECT concat('SELECT 1 WHERE (', {filter:String}, '\n)') AS statement
