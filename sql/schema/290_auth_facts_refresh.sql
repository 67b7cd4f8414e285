-- Recorded facts of authentication, each once.
CREATE MATERIALIZED VIEW IF NOT EXISTS auth_facts_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON copy_facts_refresh TO auth_facts
EMPTY
AS
SELECT *
FROM authentications
