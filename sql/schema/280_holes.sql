-- The one place that makes holes of hours; the controls and the report read it.
CREATE OR REPLACE VIEW holes
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    component LowCardinality(String) COMMENT 'API server that left no event.',
    hole_from DateTime('UTC') COMMENT 'First hour without any event.',
    hole_until DateTime('UTC') COMMENT 'First hour after it that has events again.',
    hours UInt64 COMMENT 'Hours of the hole.'
)
AS
SELECT
    cluster,
    component,
    run[1] AS hole_from,
    run[-1] + toIntervalHour(1) AS hole_until,
    toUInt64(length(run)) AS hours
FROM
(
    SELECT
        cluster,
        component,
        arrayJoin(arraySplit(
            (hour, before) -> dateDiff('hour', before, hour) > 1,
            arraySort(groupArray(hour)) AS hours_without,
            arrayPushFront(arrayPopBack(hours_without), hours_without[1]))) AS run
    FROM hours_covered
    WHERE gap
    GROUP BY
        cluster,
        component
)
COMMENT 'Runs of hours without any event between the first and the last event of an API server. Whether nothing happened or the log was lost cannot be told from here.'
