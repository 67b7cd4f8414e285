-- title: Head of retention_log
-- question: Which row was written last?
SELECT
    sequence,
    chain_hash
FROM retention_log
ORDER BY sequence DESC
LIMIT 1
