-- title: requests_hourly without what the events can give again
-- question: Which rows of requests_hourly will be made again? Those of months whose events were due to go will not.
ALTER TABLE requests_hourly DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(hour)))
