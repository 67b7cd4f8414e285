-- title: Outcomes
-- question: Which outcomes are there?
SELECT DISTINCT outcome
FROM requests_hourly
ORDER BY outcome
LIMIT 100
