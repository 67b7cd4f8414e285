-- A session ends once, by the earliest. Where somebody ended a token or login that had been silent for longer than the gap, both are told: that the
-- session was idle, and who ended it later.
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
    evidence_ids Array(String) COMMENT 'auditIDs, or ids of lines (line:…), that prove the row; the first is decisive.'
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
UNION ALL
SELECT
    late.ended_at AS logout_at,
    late.cluster AS cluster,
    began.platform AS platform,
    late.actor AS actor,
    late.ended_by AS by,
    late.end_reason AS kind,
    began.session_id AS session_id,
    'recorded' AS evidence,
    late.end_ids AS evidence_ids
FROM
(
    SELECT *
    FROM presences
    WHERE end_reason IN ('logout', 'revoked')
        AND (cluster, actor, end_ids[1]) NOT IN (
            SELECT
                cluster,
                actor,
                last_audit_id
            FROM sessions
            WHERE end_reason IN ('logout', 'revoked'))
) AS late
INNER JOIN
(
    SELECT
        cluster,
        actor,
        if(credential_kind = 'openshift-oauth' AND credential_id != '', credential_id, first_audit_id) AS presence_id,
        argMax(toString(sessions.platform), started_at) AS platform,
        argMax(sessions.session_id, started_at) AS session_id
    FROM sessions
    GROUP BY
        cluster,
        actor,
        presence_id
) AS began ON began.cluster = late.cluster AND began.actor = late.actor AND began.presence_id = late.presence_id
COMMENT 'Ends of sessions, and what somebody ended after it had gone idle. A logout and a revocation are recorded; nobody records that a token expires: that is computed. Plain Kubernetes has no logout: idle means that nothing was seen for longer than the gap.'
