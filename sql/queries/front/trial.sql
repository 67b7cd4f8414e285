-- title: Whether it answers
-- question: Does it answer, and does it hold anything?
SELECT
    count() AS clusters,
    maxOrNull(last_event_at) AS newest_event
FROM clusters
FORMAT PrettyCompact
