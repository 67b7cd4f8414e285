-- title: Requests by kind of actor
-- question: Who causes the volume, in whole hours. Distinct requests: stages and copies are not added.
-- empty: No request in this range.
-- next: ingest/by_request
SELECT
    $__timeInterval(hour) AS time,
    toString(actor_kind) AS actor_kind,
    uniqExactMerge(requests_hourly.requests) AS requests
FROM requests_hourly
WHERE hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    time,
    actor_kind
ORDER BY time
