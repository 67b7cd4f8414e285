-- title: activity without what the events can give again
-- question: Which rows of activity will be made again? Those of months whose events were due to go will not.
ALTER TABLE activity DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(minute)))
