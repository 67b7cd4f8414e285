CREATE OR REPLACE VIEW holds
(
    hold_id String COMMENT 'Name of the hold, such as H-3.',
    active Bool COMMENT 'Whether it stands; a released one is listed for ever.',
    incident String COMMENT 'Label of the incident or matter; may be empty.',
    actor String COMMENT 'User whose rows are held; empty for everybody.',
    cluster String COMMENT 'Cluster whose rows are held; empty for all.',
    since DateTime64(6, 'UTC') COMMENT 'Rows from this moment on.',
    until DateTime64(6, 'UTC') COMMENT 'Rows before this moment.',
    why String COMMENT 'Reason given when it was added.',
    added_at DateTime64(6, 'UTC') COMMENT 'When it was added.',
    added_by String COMMENT 'Who added it.',
    rows UInt64 COMMENT 'Events it covered when it was added, copies not counted.',
    released_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When it was released; NULL while it stands.',
    released_by String COMMENT 'Who released it; empty while it stands.',
    release_why String COMMENT 'Reason given for the release.'
)
AS
SELECT
    hold_id,
    countIf(action = 'release') = 0 AS active,
    anyIf(hold_log.incident, action = 'add') AS incident,
    anyIf(hold_log.actor, action = 'add') AS actor,
    anyIf(hold_log.cluster, action = 'add') AS cluster,
    anyIf(hold_log.since, action = 'add') AS since,
    anyIf(hold_log.until, action = 'add') AS until,
    anyIf(hold_log.why, action = 'add') AS why,
    anyIf(at, action = 'add') AS added_at,
    anyIf(by, action = 'add') AS added_by,
    anyIf(hold_log.rows, action = 'add') AS rows,
    maxOrNullIf(at, action = 'release') AS released_at,
    anyIf(by, action = 'release') AS released_by,
    anyIf(hold_log.why, action = 'release') AS release_why
FROM hold_log
GROUP BY hold_id
COMMENT 'Legal holds: rows that they cover survive every retention. Who, when, why, and how many.'
