-- In order: a request that ends a session belongs to it; activity belongs to the session alive at its address that began last; else to one whose
-- address nobody recorded, or, when its own address is hidden, to any (see presence_places); else, when it began no more than 30 s before the next login there, to that login (clocks of several servers differ); else, for
-- two minutes after a session's end, to that session: API servers remember a token that long (webhook cache of kube-apiserver, 2 min). The rest is inferred.
CREATE OR REPLACE VIEW owned_slices
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Who acted.',
    key_ip LowCardinality(String) COMMENT 'Address part of the session key.',
    actor_kind SimpleAggregateFunction(max, String) COMMENT 'Kind of the actor; see events.',
    first_seen_at DateTime64(6, 'UTC') COMMENT 'First moment of the key that the slice comes from.',
    slice Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), SimpleAggregateFunction(min, Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String)), SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), audit_id String)), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String)) COMMENT 'Activity of a stretch of time that one session owns, in the form of the minutes of session_keys.',
    is_ending UInt8 COMMENT 'Whether its request only ends a session, and so starts none.',
    owner String COMMENT 'Recorded session (presence_id) that owns the slice; empty where none does.'
)
AS
WITH
    dateDiff('microsecond', opened_at, here.next_at) <= 30000000 AS soon_here,
    dateDiff('microsecond', opened_at, anywhere.next_at) <= 30000000 AS soon_anywhere,
    dateDiff('microsecond', here.from_at, placed.at) < 120000000 AS just_here,
    dateDiff('microsecond', anywhere.from_at, placed.at) < 120000000 AS just_anywhere
SELECT
    placed.cluster AS cluster,
    placed.actor AS actor,
    key_ip,
    actor_kind,
    first_seen_at,
    slice,
    placed.is_ending AS is_ending,
    multiIf(
        placed.is_ending AND placed.ends != '', placed.ends,
        here.owner != '', here.owner,
        anywhere.owner != '', anywhere.owner,
        soon_here AND here.next_owner != '', here.next_owner,
        soon_anywhere AND anywhere.next_owner != '', anywhere.next_owner,
        just_here AND here.gone != '', here.gone,
        just_anywhere AND anywhere.gone != '', anywhere.gone,
        '') AS owner
FROM
(
    SELECT
        slices.cluster AS cluster,
        slices.actor AS actor,
        key_ip,
        actor_kind,
        first_seen_at,
        opened_at,
        slice,
        slice.1 AS at,
        endings.evidence_id != '' AS is_ending,
        endings.ends AS ends,
        if(is_hidden_address(slices.cluster, slices.key_ip, slice.3.client_ip_evidence), '*', '') AS nowhere
    FROM recorded_slices AS slices
    LEFT JOIN
    (
        SELECT
            cluster,
            actor,
            evidence_id,
            min(if((cluster, actor, credential_id) IN (SELECT cluster, actor, presence_id FROM presences), credential_id, '')) AS ends
        FROM session_endings
        GROUP BY
            cluster,
            actor,
            evidence_id
    ) AS endings ON endings.cluster = slices.cluster AND endings.actor = slices.actor AND endings.evidence_id = slices.slice.3.audit_id
) AS placed
ASOF LEFT JOIN reigns AS here ON here.cluster = placed.cluster AND here.actor = placed.actor AND here.address = placed.key_ip AND placed.at >= here.from_at
ASOF LEFT JOIN reigns AS anywhere ON anywhere.cluster = placed.cluster AND anywhere.actor = placed.actor AND anywhere.address = placed.nowhere AND placed.at >= anywhere.from_at
COMMENT 'Activity of people with recorded sessions and the session that owns it; an empty owner where none is recorded.'
