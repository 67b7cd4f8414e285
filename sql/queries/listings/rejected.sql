-- title: Rejected records
-- question: Which records could not be read, where are they, and why?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param source: regular expression of sources; empty for all
-- param limit: most rows returned
SELECT
    received_at,
    cluster,
    source,
    position,
    reason,
    raw,
    batch_id
FROM rejected FINAL
WHERE received_at >= {since:DateTime64(6, 'UTC')}
    AND received_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({source:String} = '' OR match(source, {source:String}))
ORDER BY
    received_at DESC,
    source,
    position
LIMIT {limit:UInt64}
