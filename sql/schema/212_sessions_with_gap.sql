-- Sessions for a gap of the auditor's choice. The whole history of a key is read, so the first request in the range never looks like a login;
-- since and until select the sessions that touch the range.
CREATE OR REPLACE VIEW sessions_with_gap AS
WITH
    arrayJoin(arrayZip(
        split_where_silent(minutes, {gap_seconds:UInt32}),
        arrayEnumerate(split_where_silent(minutes, {gap_seconds:UInt32})))) AS piece,
    piece.1 AS session,
    session[1].3 AS opening,
    arrayMax(minute -> minute.4, session) AS closing
SELECT
    session_id_of(keys.cluster, actor, key_credential, key_ip, opening.at) AS session_id,
    keys.cluster AS cluster,
    clusters.platform AS platform,
    actor,
    actor_kind,
    opening.credential_kind AS credential_kind,
    opening.credential_id AS credential_id,
    arraySort(arrayDistinct(arrayFlatten(session.10))) AS credentials,
    opening.client_ip AS client_ip,
    opening.client_ip_evidence AS client_ip_evidence,
    arraySort(arrayDistinct(arrayFlatten(session.9))) AS addresses,
    opening.user_agent AS user_agent,
    opening.method AS method,
    arraySort(arrayDistinct(arrayFlatten(session.8))) AS clients,
    arraySort(arrayDistinct(arrayFlatten(session.11))) AS acting_as,
    opening.at AS started_at,
    closing.at AS last_seen_at,
    if(dateDiff('microsecond', last_seen_at, clusters.last_event_at) > toInt64({gap_seconds:UInt32}) * 1000000, toNullable(last_seen_at), NULL) AS ended_at,
    if(ended_at IS NULL, 'open', 'idle') AS end_reason,
    dateDiff('microsecond', started_at, last_seen_at) / 1000000 AS duration_seconds,
    arraySum(session.5) AS requests,
    arraySum(session.6) AS writes,
    arraySum(session.7) AS denied,
    if(piece.2 = 1, 'first-seen', 'idle-gap') AS evidence,
    'inferred' AS confidence,
    opening.audit_id AS first_audit_id,
    closing.audit_id AS last_audit_id
FROM session_keys AS keys
INNER JOIN clusters ON clusters.cluster = keys.cluster
WHERE last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
COMMENT 'Sessions for any gap: SELECT * FROM sessions_with_gap(gap_seconds = 3600, since = ''2026-01-01 00:00:00'', until = ''2026-02-01 00:00:00'').'
