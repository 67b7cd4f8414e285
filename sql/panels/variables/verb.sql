-- title: Verbs
-- question: Which verbs are there?
SELECT DISTINCT verb
FROM requests_hourly
ORDER BY verb
LIMIT 100
