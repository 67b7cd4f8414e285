-- A recorded session is its start, what it owns, and the moments in which its token was validated, cut where nothing was seen for longer than the
-- gap. The first piece is the login; later ones are the same token after a silence. A piece that only ends the session is none.
CREATE OR REPLACE VIEW recorded_sessions AS
SELECT
    session_id_of(cluster, actor, presence_id, '', login_at) AS session_id,
    cluster,
    if(clocks.platform != '', clocks.platform, known_platform) AS platform,
    actor,
    actor_kind(actor) AS actor_kind,
    credential_kind,
    credential_id,
    credentials,
    client_ip,
    client_ip_evidence,
    addresses,
    user_agent,
    method,
    client_name,
    provider,
    clients,
    acting_as,
    started_at,
    last_seen_at,
    end.1 AS ended_at,
    end.2 AS end_reason,
    if(is_ended, held_by, '') AS ended_by,
    dateDiff('microsecond', started_at, coalesce(ended_at, last_seen_at)) / 1000000 AS duration_seconds,
    requests,
    writes,
    denied,
    if(opens, held_evidence, 'idle-gap') AS evidence,
    if(opens, 'recorded', 'inferred') AS confidence,
    login_at,
    if(opens, held_login_ids, [first_id]) AS login_ids,
    if(opens, held_start_ids, [first_id]) AS start_ids,
    if(is_ended, held_end_ids, [last_id]) AS end_ids
FROM
(
    SELECT
        cut.*,
        clocks.platform,
        held_until <= greatest(clocks.newest_at, last_seen_at)
            AND dateDiff('microsecond', last_seen_at, held_until) <= toInt64({gap_seconds:UInt32}) * 1000000 AS is_ended,
        dateDiff('microsecond', last_seen_at, clocks.newest_at) > toInt64({gap_seconds:UInt32}) * 1000000 AS is_idle,
        multiIf(
            is_ended, tuple(toNullable(held_until), toString(held_reason)),
            is_idle, tuple(toNullable(last_seen_at), 'idle'),
            tuple(CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))'), 'open')) AS end
    FROM
    (
        SELECT
            cluster,
            actor,
            presence_id,
            opens,
            held.platform AS known_platform,
            held.ended_at AS held_until,
            held.end_reason AS held_reason,
            held.ended_by AS held_by,
            held.evidence AS held_evidence,
            held.login_ids AS held_login_ids,
            held.start_ids AS held_start_ids,
            held.end_ids AS held_end_ids,
            if(held.credential_id != '' OR opening.credential_kind = '', toString(held.credential_kind), opening.credential_kind) AS credential_kind,
            if(held.credential_id != '', held.credential_id, opening.credential_id) AS credential_id,
            arraySort(arrayDistinct(arrayFilter(id -> id != '', arrayPushBack(arrayFlatten(made.10), held.credential_id)))) AS credentials,
            held.hidden
                AND opening.client_ip != ''
                AND NOT (is_hosted_client(held.client_name) AND is_hidden_address(held.cluster, opening.client_ip, opening.client_ip_evidence)) AS by_activity,
            if(by_activity, opening.client_ip, held.client_ip) AS client_ip,
            if(by_activity, opening.client_ip_evidence, toString(held.client_ip_evidence)) AS client_ip_evidence,
            arraySort(arrayDistinct(arrayFilter(address -> address != '', arrayPushBack(arrayFlatten(made.9), client_ip)))) AS addresses,
            if(opens AND held.user_agent != '', held.user_agent, opening.user_agent) AS user_agent,
            multiIf(
                held.method NOT IN ('', 'other') OR (held.method = 'other' AND held.credential_kind = 'openshift-oauth'), toString(held.method),
                opening.method != '', opening.method,
                'other') AS method,
            held.client_name AS client_name,
            held.provider AS provider,
            arraySort(arrayDistinct(arrayFlatten(made.8))) AS clients,
            arraySort(arrayDistinct(arrayFlatten(made.11))) AS acting_as,
            moments[1].1 AS started_at,
            greatest(started_at, least(arrayMax(moment -> moment.2, moments), held.ended_at)) AS last_seen_at,
            arraySum(moments.5) AS requests,
            arraySum(moments.6) AS writes,
            arraySum(moments.7) AS denied,
            if(opens, held.started_at, started_at) AS login_at,
            moments[1].3.audit_id AS first_id,
            arrayMax(moment -> moment.4, moments).audit_id AS last_id
        FROM
        (
            SELECT
                cluster,
                actor,
                presence_id,
                piece.1 AS moments,
                piece.2 = 1 AS opens,
                arrayFilter(moment -> moment.5 > 0, moments) AS made,
                made[1].3 AS opening
            FROM
            (
                SELECT
                    cluster,
                    actor,
                    presence_id,
                    arrayJoin(arrayZip(pieces, arrayEnumerate(pieces))) AS piece
                FROM
                (
                    SELECT
                        cluster,
                        actor,
                        presence_id,
                        split_where_silent(moments, {gap_seconds:UInt32}) AS pieces
                    FROM
                    (
                        SELECT
                            cluster,
                            actor,
                            presence_id,
                            arraySort(arrayFlatten(groupArray(slices))) AS moments
                        FROM presence_moments
                        GROUP BY
                            cluster,
                            actor,
                            presence_id
                    )
                )
            )
        ) AS pieces
        INNER JOIN presences AS held USING (cluster, actor, presence_id)
        WHERE opens
            OR empty(made)
            OR arrayExists(moment -> NOT has(held.end_ids, moment.3.audit_id), made)
    ) AS cut
    INNER JOIN clocks USING (cluster)
) AS clocks
COMMENT 'Sessions of recorded logins for a gap.'
