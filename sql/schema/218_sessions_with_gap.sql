-- Sessions for a gap of the auditor's choice, recorded and inferred. The whole history of a key is read, so the first request in the range never
-- looks like a login; since and until select the sessions that touch the range.
CREATE OR REPLACE VIEW sessions_with_gap AS
WITH
    found.credential_kind = 'eks-iam'
        AND iam.at BETWEEN found.started_at - toIntervalSecond(30) AND found.started_at + toIntervalSecond(30) AS is_granted
SELECT
    found.session_id AS session_id,
    found.cluster AS cluster,
    found.platform AS platform,
    found.actor AS actor,
    found.actor_kind AS actor_kind,
    found.credential_kind AS credential_kind,
    found.credential_id AS credential_id,
    found.credentials AS credentials,
    found.client_ip AS client_ip,
    found.client_ip_evidence AS client_ip_evidence,
    found.addresses AS addresses,
    found.user_agent AS user_agent,
    found.method AS method,
    found.client_name AS client_name,
    found.provider AS provider,
    found.clients AS clients,
    found.acting_as AS acting_as,
    found.started_at AS started_at,
    found.last_seen_at AS last_seen_at,
    found.ended_at AS ended_at,
    found.end_reason AS end_reason,
    found.ended_by AS ended_by,
    found.duration_seconds AS duration_seconds,
    found.requests AS requests,
    found.writes AS writes,
    found.denied AS denied,
    if(is_granted, 'iam', found.evidence) AS evidence,
    if(is_granted, 'recorded', found.confidence) AS confidence,
    found.login_at AS login_at,
    if(is_granted, arrayConcat([iam.evidence_id], found.login_ids), found.login_ids) AS login_ids,
    found.start_ids[1] AS first_audit_id,
    found.end_ids[1] AS last_audit_id,
    found.end_ids AS end_ids
FROM
(
    SELECT
        *,
        started_at - toIntervalSecond(30) AS looked_from
    FROM recorded_sessions(gap_seconds = {gap_seconds:UInt32})
    UNION ALL
    SELECT
        *,
        started_at - toIntervalSecond(30) AS looked_from
    FROM inferred_sessions(gap_seconds = {gap_seconds:UInt32})
) AS found
ASOF LEFT JOIN
(
    SELECT
        cluster,
        arrayJoin(arrayDistinct(arrayFilter(name -> name != '', arrayConcat([toString(actor)], names)))) AS name,
        at,
        min(evidence_id) AS evidence_id
    FROM authentications
    WHERE kind = 'iam-granted'
    GROUP BY
        cluster,
        name,
        at
) AS iam ON iam.cluster = found.cluster AND iam.name = found.actor AND iam.at >= found.looked_from
WHERE last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
COMMENT 'Sessions for any gap: SELECT * FROM sessions_with_gap(gap_seconds = 3600, since = ''2026-01-01 00:00:00'', until = ''2026-02-01 00:00:00'').'
