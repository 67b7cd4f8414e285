-- Sessions that nobody recorded: activity of a key, less what recorded sessions own, cut where nothing was seen for longer than the gap.
CREATE OR REPLACE VIEW inferred_sessions AS
SELECT
    session_id_of(keys.cluster, actor, key_credential, key_ip, opening.at) AS session_id,
    keys.cluster AS cluster,
    clocks.platform AS platform,
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
    '' AS client_name,
    '' AS provider,
    arraySort(arrayDistinct(arrayFlatten(session.8))) AS clients,
    arraySort(arrayDistinct(arrayFlatten(session.11))) AS acting_as,
    opening.at AS started_at,
    closing.at AS last_seen_at,
    if(dateDiff('microsecond', last_seen_at, clocks.newest_at) > toInt64({gap_seconds:UInt32}) * 1000000, toNullable(last_seen_at), NULL) AS ended_at,
    if(ended_at IS NULL, 'open', 'idle') AS end_reason,
    '' AS ended_by,
    dateDiff('microsecond', started_at, last_seen_at) / 1000000 AS duration_seconds,
    arraySum(session.5) AS requests,
    arraySum(session.6) AS writes,
    arraySum(session.7) AS denied,
    if(piece.2 = 1 AND opening.at = first_seen_at, 'first-seen', 'idle-gap') AS evidence,
    'inferred' AS confidence,
    opening.at AS login_at,
    [opening.audit_id] AS login_ids,
    [opening.audit_id] AS start_ids,
    [closing.audit_id] AS end_ids
FROM
(
    SELECT
        cluster,
        actor,
        key_credential,
        key_ip,
        actor_kind,
        first_seen_at,
        endings,
        arrayJoin(arrayZip(pieces, arrayEnumerate(pieces))) AS piece,
        piece.1 AS session,
        session[1].3 AS opening,
        arrayMax(minute -> minute.4, session) AS closing
    FROM
    (
        SELECT
            *,
            split_where_silent(minutes, {gap_seconds:UInt32}) AS pieces
        FROM key_minutes
    )
) AS keys
INNER JOIN clocks ON clocks.cluster = keys.cluster
WHERE arrayExists(minute -> NOT has(endings, minute.3.audit_id), session)
COMMENT 'Sessions that only activity shows, for a gap.'
