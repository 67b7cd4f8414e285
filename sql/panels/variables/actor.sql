-- title: Identities
-- question: Who was there last? People first, then service accounts that people used, then machines that were refused.
SELECT name
FROM
(
    SELECT
        toString(actor) AS name,
        max(sessions.actor_kind = 'human') AS is_person,
        max(last_seen_at) AS seen_at
    FROM sessions
    WHERE actor != ''
    GROUP BY name
)
ORDER BY
    is_person DESC,
    seen_at DESC,
    name
LIMIT 1000
