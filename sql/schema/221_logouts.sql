CREATE OR REPLACE VIEW logouts AS
SELECT
    assumeNotNull(ended_at) AS logout_at,
    cluster,
    platform,
    actor,
    '' AS by,
    end_reason AS kind,
    session_id,
    confidence AS evidence,
    [last_audit_id] AS evidence_ids
FROM sessions
WHERE ended_at IS NOT NULL
COMMENT 'Ends of sessions. Plain Kubernetes has no logout: idle means that nothing was seen for longer than the gap.'
