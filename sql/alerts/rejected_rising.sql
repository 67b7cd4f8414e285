-- title: Rejected records are rising
-- question: Of which cluster can more records not be read than before?
-- summary: {{ printf "%.0f" $values.B.Value }} records of {{ $labels.cluster }} could not be read in the last hour, more than twice the share of the day before
-- severity: warning
-- lookback: 25h
-- for: 0s
-- above: 9
-- no data: OK
SELECT
    cluster,
    sumIf(batches.rejected, loaded_at > $__toTime - toIntervalHour(1)) AS rejected_lately
FROM batches
FINAL
WHERE $__timeFilter_ms(loaded_at)
GROUP BY cluster
HAVING rejected_lately / sumIf(records, loaded_at > $__toTime - toIntervalHour(1))
    > 2 * sumIf(batches.rejected, loaded_at <= $__toTime - toIntervalHour(1)) / greatest(1, sumIf(records, loaded_at <= $__toTime - toIntervalHour(1)))
