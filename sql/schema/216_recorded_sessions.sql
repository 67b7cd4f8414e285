-- A recorded session is its start, what it owns, and the moments in which its token was validated, cut where nothing was seen for longer than the
-- gap. The first piece is the login; later ones are the same token after a silence. A piece that only ends the session is none.
CREATE OR REPLACE VIEW recorded_sessions AS
WITH
    piece.1 AS moments,
    piece.2 = 1 AS opens,
    arrayFilter(moment -> moment.5 > 0, moments) AS made,
    made[1].3 AS opening,
    greatest(moments[1].1, least(arrayMax(moment -> moment.2, moments), held.ended_at)) AS alive_until,
    held.ended_at <= greatest(clocks.newest_at, alive_until)
        AND dateDiff('microsecond', alive_until, held.ended_at) <= toInt64({gap_seconds:UInt32}) * 1000000 AS is_ended,
    dateDiff('microsecond', alive_until, clocks.newest_at) > toInt64({gap_seconds:UInt32}) * 1000000 AS is_idle
SELECT
    session_id_of(
        held.cluster,
        held.actor,
        held.presence_id,
        '',
        if(opens, held.started_at, moments[1].1)) AS session_id,
    held.cluster AS cluster,
    if(clocks.platform != '', clocks.platform, held.platform) AS platform,
    held.actor AS actor,
    actor_kind(held.actor) AS actor_kind,
    if(held.credential_id != '' OR opening.credential_kind = '', held.credential_kind, opening.credential_kind) AS credential_kind,
    if(held.credential_id != '', held.credential_id, opening.credential_id) AS credential_id,
    arraySort(arrayDistinct(arrayFilter(id -> id != '', arrayPushBack(arrayFlatten(made.10), held.credential_id)))) AS credentials,
    multiIf(NOT held.hidden, held.client_ip, opening.client_ip != '', opening.client_ip, held.client_ip) AS client_ip,
    multiIf(NOT held.hidden, held.client_ip_evidence, opening.client_ip != '', opening.client_ip_evidence, held.client_ip_evidence) AS client_ip_evidence,
    arraySort(arrayDistinct(arrayFilter(address -> address != '', arrayPushBack(arrayFlatten(made.9), client_ip)))) AS addresses,
    if(opens AND held.user_agent != '', held.user_agent, opening.user_agent) AS user_agent,
    multiIf(held.method NOT IN ('', 'other'), held.method, opening.method != '', opening.method, 'other') AS method,
    held.client_name AS client_name,
    held.provider AS provider,
    arraySort(arrayDistinct(arrayFlatten(made.8))) AS clients,
    arraySort(arrayDistinct(arrayFlatten(made.11))) AS acting_as,
    moments[1].1 AS started_at,
    alive_until AS last_seen_at,
    multiIf(is_ended, toNullable(held.ended_at), is_idle, toNullable(alive_until), NULL) AS ended_at,
    multiIf(is_ended, held.end_reason, is_idle, 'idle', 'open') AS end_reason,
    if(is_ended, held.ended_by, '') AS ended_by,
    dateDiff('microsecond', started_at, coalesce(ended_at, last_seen_at)) / 1000000 AS duration_seconds,
    arraySum(moments.5) AS requests,
    arraySum(moments.6) AS writes,
    arraySum(moments.7) AS denied,
    if(opens, held.evidence, 'idle-gap') AS evidence,
    if(opens, 'recorded', 'inferred') AS confidence,
    if(opens, held.started_at, started_at) AS login_at,
    multiIf(opens, held.login_ids, [moments[1].3.audit_id]) AS login_ids,
    if(opens, held.start_ids, login_ids) AS start_ids,
    if(is_ended, held.end_ids, [arrayMax(moment -> moment.4, moments).audit_id]) AS end_ids
FROM
(
    SELECT
        held.cluster AS cluster,
        held.actor AS actor,
        held.presence_id AS presence_id,
        arrayJoin(arrayZip(pieces, arrayEnumerate(pieces))) AS piece,
        split_where_silent(
            arraySort(arrayConcat(
                owned.slices,
                arrayMap(
                    used -> CAST(
                        tuple(used.1, used.2, tuple(used.1, used.3, '', '', '', '', '', ''), tuple(used.2, used.3), 0, 0, 0, [], [], [], []),
                        'Tuple(DateTime64(6, \'UTC\'), DateTime64(6, \'UTC\'), Tuple(at DateTime64(6, \'UTC\'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String), Tuple(at DateTime64(6, \'UTC\'), audit_id String), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String))'),
                    arrayConcat(
                        [tuple(held.started_at, held.started_at, held.start_ids[1])],
                        arrayFilter(used -> used.1 >= held.started_at, held.uses))))),
            {gap_seconds:UInt32}) AS pieces
    FROM presences AS held
    LEFT JOIN
    (
        SELECT
            cluster,
            owner,
            groupArray(slice) AS slices
        FROM owned_slices(gap_seconds = {gap_seconds:UInt32})
        WHERE owner != ''
        GROUP BY
            cluster,
            owner
    ) AS owned ON owned.cluster = held.cluster AND owned.owner = held.presence_id
) AS cut
INNER JOIN presences AS held ON held.cluster = cut.cluster AND held.actor = cut.actor AND held.presence_id = cut.presence_id
INNER JOIN clocks ON clocks.cluster = held.cluster
WHERE opens
    OR empty(made)
    OR arrayExists(moment -> NOT has(held.end_ids, moment.3.audit_id), made)
COMMENT 'Sessions of recorded logins for a gap.'
