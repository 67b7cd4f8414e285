-- title: minutes_seen without what the events can give again
-- question: Which rows of minutes_seen will be made again? Those of months whose events were due to go will not.
ALTER TABLE minutes_seen DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(hour)))
