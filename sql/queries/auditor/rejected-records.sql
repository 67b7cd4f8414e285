-- title: Records that could not be read
-- question: How many records were rejected, and why?
-- next: auditradar rejected
-- tags: coverage
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    source,
    replaceRegexpAll(reason, '[0-9]+', 'N') AS why,
    count() AS records,
    min(position) AS first_position,
    min(received_at) AS first_at,
    max(received_at) AS last_at
FROM rejected FINAL
WHERE {since:DateTime64(6, 'UTC')} <= {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    source,
    why
ORDER BY
    records DESC,
    source
