-- title: Admission changed
-- question: Changes of admission webhooks and policies: who controls them controls what is let in.
-- next: privileges/feed
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('admission changed')
    AND outcome = 'success'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
