-- title: Requests of people
-- question: What people asked for, by what became of it, in whole hours. Requests of machines are on the page about ingest; a request without a known end is left out.
-- empty: No request of a person in this range.
-- next: events
SELECT
    $__timeInterval(hour) AS time,
    toString(outcome) AS outcome,
    uniqExactMerge(requests_hourly.requests) AS requests
FROM requests_hourly
WHERE actor_kind = 'human'
    AND outcome != 'in-progress'
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    time,
    outcome
ORDER BY time
