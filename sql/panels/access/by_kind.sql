-- title: Who reads secrets: people or machines
-- question: Reads of secrets by the kind of actor. Machines read by habit; a new kind is the news.
-- empty: No secret was read.
-- next: access/readers
SELECT
    toString(actor_kind) AS actor_kind,
    uniqExactMerge(requests_hourly.requests) AS requests
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) = 'secrets read'
    AND outcome = 'success'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
GROUP BY actor_kind
ORDER BY requests DESC
LIMIT 12
