-- title: Secrets read
-- question: Successful requests that returned secrets, lists and watches among them: one list may hold hundreds of secrets. Which keys were looked at afterwards no log shows.
-- next: access/readers
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read')
    AND outcome = 'success'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
