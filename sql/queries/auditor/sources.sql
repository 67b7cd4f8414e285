-- title: Where the record comes from
-- question: Which logs were delivered, and for which time?
-- next: auditradar coverage
-- tags: coverage
-- param cluster: regular expression of cluster labels; empty for all
-- param until: moment after the range
-- param since: first moment of the range
SELECT
    cluster,
    source,
    any(component) AS component,
    count() AS batches,
    sum(records) AS records,
    sum(rejected) AS rejected,
    sum(redacted) AS redacted,
    min(first_event_at) AS oldest_at,
    max(last_event_at) AS newest_at
FROM batches FINAL
WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND (first_event_at IS NULL OR first_event_at < {until:DateTime64(6, 'UTC')})
    AND (last_event_at IS NULL OR last_event_at >= {since:DateTime64(6, 'UTC')})
GROUP BY
    cluster,
    source
ORDER BY
    cluster,
    source
