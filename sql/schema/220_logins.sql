CREATE OR REPLACE VIEW logins AS
SELECT
    started_at AS login_at,
    cluster,
    platform,
    actor,
    actor_kind,
    method,
    '' AS client_name,
    '' AS provider,
    client_ip,
    client_ip_evidence,
    user_agent,
    credential_kind,
    credential_id,
    evidence,
    confidence,
    [first_audit_id] AS evidence_ids,
    session_id
FROM sessions
COMMENT 'Who logged in: one row per login. Plain Kubernetes has no login, so it is inferred: the first request of a session key (first-seen) or the first after a gap (idle-gap).'
