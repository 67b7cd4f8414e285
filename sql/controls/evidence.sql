-- title: Evidence
-- question: What are all rows of evidence, in one order?
-- include evidence: the rows of evidence
SELECT *
FROM
(
    /* evidence */
)
ORDER BY ALL
