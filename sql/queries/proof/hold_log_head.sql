-- title: Head of hold_log
-- question: Which row was written last?
SELECT
    sequence,
    chain_hash
FROM hold_log
ORDER BY sequence DESC
LIMIT 1
