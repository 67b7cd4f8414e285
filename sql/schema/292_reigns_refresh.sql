-- Who owns which activity does not depend on the gap that an auditor chooses later: it is decided once, by the configured one.
CREATE MATERIALIZED VIEW IF NOT EXISTS reigns_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON presences_refresh TO reigns
EMPTY
AS
SELECT *
FROM presence_reigns
