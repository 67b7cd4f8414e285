-- title: Rows of evidence
-- question: Which rows of evidence are there, the worst first?
-- include evidence: the rows of evidence
SELECT *
FROM
(
    /* evidence */
)
ORDER BY
    indexOf(['fail', 'no-data', 'attention', 'pass', 'not-applicable'], status),
    cluster
LIMIT 500
