-- title: Facts without the events
-- question: Which recorded facts are made from events and will be made again? Those of lines are kept nowhere else, those of months whose
-- events were due to go neither.
DELETE FROM auth_records
WHERE raw = ''
    AND (toString(cluster), toStartOfMonth(at)) NOT IN
    (
        SELECT
            toString(cluster),
            month
        FROM expired_months
    )
