-- title: Past due
-- question: Which tables still hold rows that should have gone?
SELECT
    table,
    sum(past_due) AS rows
FROM retention_state
GROUP BY table
HAVING rows > 0
