-- The sessions of session_gap, recomputed whole and swapped in: late events join, split or move sessions as if they had come in time.
CREATE MATERIALIZED VIEW IF NOT EXISTS sessions_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON recorded_activity_refresh TO sessions
EMPTY
AS
SELECT *
FROM sessions_with_gap(
    gap_seconds = session_gap_seconds(),
    since = '1970-01-01 00:00:00',
    until = '2100-01-01 00:00:00')
