-- title: Counted evidence
-- question: Which rows of evidence were there, by cluster and status, when they are counted already?
-- param counted: cluster, status and number of rows
SELECT
    row.1 AS cluster,
    row.2 AS status
FROM
(
    SELECT arrayJoin({counted:Array(Tuple(String, String, UInt64))}) AS row
)
ARRAY JOIN range(row.3)
