-- title: Holes and silent minutes
-- question: Hours without any event, and minutes without one in the other hours, per API server. Quiet clusters have silent minutes; holes are lost logs or a server that stood still.
-- next: ingest/holes_list
SELECT
    countIf(gap) AS holes,
    sumIf(silent_minutes, NOT gap) AS silent
FROM hours_covered
WHERE hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
