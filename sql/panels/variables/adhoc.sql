-- title: Columns for more filters
-- question: By which other columns can events be filtered?
SELECT DISTINCT $__adhoc_column FROM events LIMIT 1000
