-- title: Counted evidence
-- question: Which rows of evidence were there, by cluster, status and finding, when they are counted already?
-- param counted: cluster, status, finding and number of rows
SELECT
    row.1 AS cluster,
    row.2 AS status,
    row.3 AS finding
FROM
(
    SELECT arrayJoin({counted:Array(Tuple(String, String, String, UInt64))}) AS row
)
ARRAY JOIN range(row.4)
