-- title: Clusters
-- question: The same numbers for each cluster, and how fresh its log is. A cluster that sends nothing at all is missing here: only what was ever loaded is known.
-- empty: Nothing was loaded yet: auditradar load audit.log --cluster NAME
-- next: ingest
SELECT
    clusters.cluster AS cluster,
    clusters.platform AS platform,
    clusters.last_event_at AS last_event_at,
    people.people AS people,
    people.logins AS logins,
    refused.attempts AS attempts,
    hourly.denied AS denied,
    hourly.privileged AS privileged,
    hourly.touched AS touched,
    holes.hours AS hours
FROM clusters
LEFT JOIN
(
    SELECT
        cluster,
        uniqExact(actor) AS people,
        countIf($__timeFilter_ms(started_at)) AS logins
    FROM sessions
    WHERE actor_kind = 'human'
        AND last_seen_at >= $__fromTime_ms
        AND started_at <= $__toTime_ms
    GROUP BY cluster
) AS people ON people.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        count() AS attempts
    FROM failed_attempts
    WHERE $__timeFilter_ms(attempted_at)
    GROUP BY cluster
) AS refused ON refused.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        uniqExactMergeIf(requests, requests_hourly.denied) AS denied,
        uniqExactMergeIf(
            requests,
            outcome = 'success' AND sensitive_kind_of(verb, api_group, resource, subresource)
                IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')) AS privileged,
        uniqExactMergeIf(
            requests,
            outcome = 'success' AND sensitive_kind_of(verb, api_group, resource, subresource)
                IN ('secrets read', 'secrets changed', 'shell in a pod', 'debug container', 'tunnel into a pod', 'proxy into the cluster', 'token issued')) AS touched
    FROM requests_hourly
    WHERE actor_kind = 'human'
        AND hour > $__fromTime - toIntervalHour(1)
        AND hour <= $__toTime
    GROUP BY cluster
) AS hourly ON hourly.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        countIf(gap) AS hours
    FROM hours_covered
    WHERE hour > $__fromTime - toIntervalHour(1)
        AND hour <= $__toTime
    GROUP BY cluster
) AS holes ON holes.cluster = clusters.cluster
WHERE $__conditionalAll(clusters.cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(clusters.cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY cluster
LIMIT 500
