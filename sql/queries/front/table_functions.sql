-- title: Table functions of the engine
-- question: Which names are table functions, so that any other name in their place is a parameterized view?
SELECT lower(name) AS name
FROM system.table_functions
ORDER BY name
