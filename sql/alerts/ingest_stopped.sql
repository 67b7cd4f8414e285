-- title: Ingest stopped
-- question: Which cluster has fallen silent?
-- summary: nothing has been heard of {{ $labels.cluster }} for {{ printf "%.0f" $values.B.Value }} minutes
-- severity: critical
-- lookback: 7d
-- for: 5m
-- above: 15
-- no data: NoData
-- A cluster that was silent for a week counts as gone. No row at all means that the store is empty or that every cluster is gone.
SELECT
    cluster,
    greatest(0, dateDiff('minute', last_event_at, $__toTime)) AS silent_minutes
FROM clusters
WHERE last_event_at >= $__fromTime
