-- The first of seven refreshes, each reading what those before wrote: copies, facts, presences, reigns, recorded activity, sessions, failures. All are
-- recomputed whole, so late records join, split or move sessions as if they had come in time. Loads refresh all in this order, and so does the clock of
-- a server: each waits for the one it depends on, in the same minute.
CREATE MATERIALIZED VIEW IF NOT EXISTS copy_facts_refresh
REFRESH EVERY 1 MINUTE TO copy_facts
EMPTY
AS
SELECT *
FROM forwarded_copies
