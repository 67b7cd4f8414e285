-- title: People refused
-- question: Requests of known people that authorization refused. A refusal is often a typo or a missing right; many different ones in a short time are not.
-- next: events?refused=yes&actor_kind=human
SELECT
    uniqExactMerge(requests) AS value
FROM requests_hourly
WHERE denied
    AND actor_kind = 'human'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
