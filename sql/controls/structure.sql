-- title: Columns of evidence
-- question: Which names and types have the columns of evidence?
-- include evidence: the rows of evidence
DESCRIBE TABLE
(
    /* evidence */
)
