-- title: Changes over time
-- question: Successful changes by what they change, in whole hours; the tokens that kubelets ask for are left out.
-- empty: Nothing privileged was changed.
-- next: privileges/by_actor
SELECT
    $__timeInterval(hour) AS time,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    uniqExactMerge(requests_hourly.requests) AS requests
FROM requests_hourly
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted', 'token issued')
    AND outcome = 'success'
    AND client != 'kubelet'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
GROUP BY
    time,
    kind
ORDER BY time
