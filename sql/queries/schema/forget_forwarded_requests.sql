-- title: forwarded_requests without what the events can give again
-- question: Which rows of forwarded_requests will be made again? Those of months whose events were due to go will not.
ALTER TABLE forwarded_requests DELETE WHERE NOT has(
    (
        SELECT groupArray((toString(cluster), month))
        FROM expired_months
    ),
    (toString(cluster), toStartOfMonth(requested_at)))
