-- title: Facts without the events
-- question: Which recorded facts are made from events and will be made again? Those of lines are kept nowhere else.
DELETE FROM auth_records
WHERE raw = ''
