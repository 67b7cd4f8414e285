-- title: Holes in the record
-- question: For which hours is nothing known?
-- next: auditradar coverage --holes
-- tags: coverage
-- attack: T1562.008 Disable or Modify Cloud Logs
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    hour,
    cluster,
    component,
    events,
    silent_minutes
FROM coverage
WHERE hour >= {since:DateTime64(6, 'UTC')}
    AND hour < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND gap
ORDER BY
    hour,
    cluster,
    component
