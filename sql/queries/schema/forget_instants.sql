-- title: instants without what the events can give again
-- question: Which rows of instants will be made again? Those of months whose events were due to go will not.
ALTER TABLE instants DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(minute)))
