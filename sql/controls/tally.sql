-- title: Tally of an evidence
-- question: How many rows of evidence has each cluster, and of which status?
-- param key: key of the evidence
-- include evidence: the rows of evidence
SELECT
    {key:String} AS evidence,
    cluster,
    toUInt64(count()) AS number,
    countIf(status = 'fail') AS failing,
    countIf(status = 'no-data') AS without_data,
    countIf(status = 'attention') AS noticed
FROM
(
    SELECT
        toString(cluster) AS cluster,
        status
    FROM
    (
        /* evidence */
    )
)
GROUP BY cluster
