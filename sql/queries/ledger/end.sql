-- title: End of a source
-- question: Where does the last batch of this source end, and which record would be the next?
-- param cluster: label of the cluster
-- param source: where the bytes came from
SELECT
    first_offset + bytes AS next_offset,
    first_position + records AS next_position
FROM batches
WHERE cluster = {cluster:String}
    AND source = {source:String}
ORDER BY sequence DESC
LIMIT 1
