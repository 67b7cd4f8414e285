-- title: Logins per day and person
-- question: How often did everybody log in, day by day?
-- tags: logins
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    toDate(login_at) AS day,
    cluster,
    actor,
    count() AS logins,
    uniqExact(client_ip) AS addresses,
    arraySort(groupUniqArray(method)) AS methods,
    countIf(confidence = 'recorded') AS recorded
FROM logins
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    day,
    cluster,
    actor
ORDER BY
    day,
    cluster,
    actor
