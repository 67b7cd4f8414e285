-- title: Passwords as the platform counts them
-- question: By how much the counters of OpenShift's oauth-server should have risen in the range, counted from the audit log: compare with increase() in Prometheus. A difference is a lost log, a restarted pod, or hours that the range cuts.
-- empty: No password was given to an oauth-server, or its log is not loaded.
-- next: failed
SELECT
    cluster,
    metric,
    labels,
    sum(auth_counterparts.value) AS value
FROM auth_counterparts
WHERE hour BETWEEN toStartOfHour($__fromTime) AND $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    cluster,
    metric,
    labels
ORDER BY
    cluster,
    metric,
    labels
LIMIT 100
