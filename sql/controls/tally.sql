-- title: Tally of an evidence
-- question: How many rows of evidence has each cluster, of which status and with which words?
-- param key: key of the evidence
-- include evidence: the rows of evidence
SELECT
    {key:String} AS evidence,
    toString(cluster) AS cluster,
    toString(status) AS status,
    toString(finding) AS words,
    toUInt64(count()) AS rows_alike
FROM
(
    /* evidence */
)
GROUP BY
    cluster,
    status,
    words
