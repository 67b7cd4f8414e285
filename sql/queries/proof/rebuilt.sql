-- title: Last rebuild
-- question: When were all events projected again, and under which rules?
SELECT
    applied_at,
    statement
FROM schema_log
WHERE object = '(rebuild)'
ORDER BY applied_at DESC
LIMIT 1
