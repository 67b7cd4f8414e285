-- title: Refused
-- question: Requests for secrets, shells, tunnels or tokens that authorization refused.
-- next: events?refused=yes
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read', 'secrets changed', 'shell in a pod', 'debug container', 'tunnel into a pod', 'proxy into the cluster', 'token issued')
    AND denied
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
