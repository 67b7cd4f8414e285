-- title: Last batches of a source
-- question: How far had this source been read?
-- param cluster: label of the cluster
-- param source: where the bytes came from
-- param limit: most rows returned
SELECT
    first_offset,
    bytes,
    first_position,
    content_hash,
    last_event_at
FROM batches
WHERE cluster = {cluster:String}
    AND source = {source:String}
ORDER BY sequence DESC
LIMIT {limit:UInt64}
