-- title: refusals without what the events can give again
-- question: Which rows of refusals will be made again? Those of months whose events were due to go will not.
ALTER TABLE refusals DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(attempted_at)))
