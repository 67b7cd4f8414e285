-- title: What was touched, over time
-- question: Successful requests by what they touched, in whole hours. Watches of controllers are one request however long they last.
-- empty: No secret was read and no shell was opened.
-- next: access/readers
SELECT
    $__timeInterval(hour) AS time,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    uniqExactMerge(requests_hourly.requests) AS requests
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read', 'secrets changed', 'shell in a pod', 'debug container', 'tunnel into a pod', 'proxy into the cluster', 'token issued')
    AND outcome = 'success'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
GROUP BY
    time,
    kind
ORDER BY time
