-- title: Whether events were due to go
-- question: Is there any month whose events are gone while what was derived of them is kept?
SELECT count() > 0 AS expired
FROM retention_horizons
WHERE class = 'events'
    AND expired_before > toDate(0)
