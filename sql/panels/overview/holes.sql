-- title: Holes in the log
-- question: Hours between the first and the last event of an API server in which it left no event at all: the log is missing, or the server stood still. The hours after the newest event are not holes here; the age of the newest event is on the page behind.
-- next: ingest/holes_list
SELECT countIf(gap) AS value
FROM hours_covered
WHERE hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
