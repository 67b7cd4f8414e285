-- title: Sessions for another gap
-- question: How long does it take to cut all sessions again?
-- param gap_seconds: silence that ends a session, in seconds
SELECT count()
FROM sessions_with_gap(
    gap_seconds = {gap_seconds:UInt32},
    since = '1970-01-01 00:00:00',
    until = '2100-01-01 00:00:00')
