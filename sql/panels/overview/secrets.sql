-- title: Secrets and shells
-- question: Requests of people that read secrets, opened shells or tunnels into pods, or made tokens. What was typed in the shell no audit log shows.
-- next: access/secrets_feed
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE actor_kind = 'human'
    AND outcome = 'success'
    AND sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read', 'secrets changed', 'shell in a pod', 'debug container', 'tunnel into a pod', 'proxy into the cluster', 'token issued')
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
