-- title: Tunnels and proxies
-- question: Port-forwards and requests through the API server into pods, services and nodes. What went through them is not logged.
-- next: access/shells_feed
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('tunnel into a pod', 'proxy into the cluster')
    AND outcome = 'success'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
