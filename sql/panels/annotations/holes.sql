-- title: Holes in the log
-- question: For which times is nothing known? Drawn over every chart, so that no line is read as quiet where the log is missing.
SELECT
    hour AS time,
    hour + toIntervalHour(1) AS timeEnd,
    concat('hole in the log of ', cluster, ' ', component) AS text,
    'hole' AS tags
FROM hours_covered
WHERE gap
    AND hour > $__fromTime - toIntervalHour(1)
    AND hour <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY time
LIMIT 200
