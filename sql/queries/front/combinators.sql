-- title: Combinators of aggregate functions
-- question: Which endings may the name of an aggregate function have?
SELECT name
FROM system.aggregate_function_combinators
ORDER BY length(name) DESC
