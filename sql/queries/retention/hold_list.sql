-- title: Legal holds
-- question: Which holds stand, which were released, by whom and why?
SELECT *
FROM holds
ORDER BY
    active DESC,
    added_at
