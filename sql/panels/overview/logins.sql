-- title: Logins, 24 h
-- question: Logins of people in the 24 hours before the end of the range, beside the median of the four weeks before. On plain Kubernetes a login is inferred: the first request of a session. Days without any login count as zero, days before the first login not at all.
-- next: logins/feed
WITH
    days AS
    (
        SELECT
            dateDiff('second', login_at, $__toTime_ms) AS age,
            intDiv(age, 86400) AS days_ago,
            count() AS logins
        FROM logins
        WHERE actor_kind = 'human'
            AND login_at <= $__toTime_ms
            AND login_at > $__toTime_ms - toIntervalDay(29)
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
        GROUP BY
            age,
            days_ago
    )
SELECT
    sumIf(logins, days_ago = 0) AS today,
    arrayReduce(
        'medianExact',
        arrayMap(
            day -> arraySum((logins_of, day_of) -> logins_of * (day_of = day), groupArray(logins), groupArray(days_ago)),
            range(1, least(29, toUInt32(max(days_ago)) + 1)))) AS normal_day
FROM days
