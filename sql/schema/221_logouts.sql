CREATE OR REPLACE VIEW logouts
(
    logout_at DateTime64(6, 'UTC') COMMENT 'Moment of the end.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform of the cluster; see clusters.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    by String COMMENT 'Who ended it, where somebody did; else empty.',
    kind LowCardinality(String) COMMENT 'logout, revoked, expired or idle.',
    session_id String COMMENT 'Deterministic: hash of the session key and started_at.',
    evidence LowCardinality(String) COMMENT 'How the end is known: recorded (somebody ended it) or inferred (computed from the lifetime of the token, or from silence).',
    evidence_ids Array(String) COMMENT 'auditIDs, or batch:position of lines, that prove the row; the first is decisive.'
)
AS
SELECT
    assumeNotNull(ended_at) AS logout_at,
    cluster,
    platform,
    actor,
    ended_by AS by,
    end_reason AS kind,
    session_id,
    if(end_reason IN ('logout', 'revoked'), 'recorded', 'inferred') AS evidence,
    end_ids AS evidence_ids
FROM sessions
WHERE ended_at IS NOT NULL
COMMENT 'Ends of sessions. A logout and a revocation are recorded; nobody records that a token expires: that is computed. Plain Kubernetes has no logout: idle means that nothing was seen for longer than the gap.'
