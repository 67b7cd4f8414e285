-- title: Functions as the engine writes them
-- question: What does each user-defined function do?
SELECT
    name,
    create_query
FROM system.functions
WHERE origin = 'SQLUserDefined'
