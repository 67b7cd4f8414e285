-- title: Kinds of actors
-- question: Which kinds of actors are there?
SELECT DISTINCT actor_kind
FROM requests_hourly
ORDER BY actor_kind
LIMIT 100
