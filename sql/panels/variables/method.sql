-- title: Methods
-- question: How did people come in?
SELECT DISTINCT method
FROM logins
ORDER BY method
LIMIT 100
