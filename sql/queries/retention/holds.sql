-- title: Standing holds
-- question: What may not be removed?
SELECT
    cluster,
    actor,
    since,
    until
FROM holds
WHERE active
ORDER BY hold_id
