-- title: Records that could not be read
-- question: Which sources of the period had records that could not be read, and how many?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    source,
    sum(batches.records) AS records,
    sum(batches.rejected) AS rejected,
    sum(batches.excluded) AS excluded
FROM batches FINAL
WHERE coalesce(last_event_at, loaded_at) >= {since:DateTime64(6, 'UTC')}
    AND coalesce(first_event_at, loaded_at) < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    source
HAVING rejected + excluded > 0
ORDER BY ALL
