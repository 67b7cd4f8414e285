-- title: Privileges changed
-- question: Changes by people to roles, bindings, certificates, admission and namespaces. Changes made by controllers and GitOps are on the page behind it.
-- next: privileges/feed
SELECT uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE actor_kind = 'human'
    AND outcome = 'success'
    AND sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
