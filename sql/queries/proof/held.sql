-- title: What holds cover
-- question: How many events did each standing hold cover when it was added, and how many now?
WITH (
    SELECT groupArray((hold_id, cluster, actor, since, until))
    FROM holds
    WHERE active
) AS standing
SELECT
    hold_id,
    holds.rows AS before,
    now.events AS events
FROM holds
LEFT JOIN
(
    SELECT
        hold.1 AS hold_id,
        count() AS events
    FROM events
    FINAL
    ARRAY JOIN standing AS hold
    WHERE is_held(cluster, [toString(actor), toString(impersonated_user)], requested_at, [(hold.2, hold.3, hold.4, hold.5)])
    GROUP BY hold_id
) AS now ON now.hold_id = holds.hold_id
WHERE active
ORDER BY hold_id
