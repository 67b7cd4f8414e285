-- title: Schema of the store
-- question: Which schema was applied last and completely?
SELECT
    version,
    fingerprint
FROM schema_log
WHERE object = ''
ORDER BY applied_at DESC
LIMIT 1
