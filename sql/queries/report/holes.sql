-- title: Holes
-- question: Between the first and the last event of each API server, which hours have none?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    component,
    hole_from,
    hole_until,
    hours
FROM holes
WHERE hole_until > {since:DateTime64(6, 'UTC')}
    AND hole_from < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY ALL
