-- title: Evidence without words
-- question: Which rows has an evidence that does not say in words what each is?
-- include evidence: the rows of evidence
SELECT
    *,
    '' AS finding
FROM
(
    /* evidence */
)
