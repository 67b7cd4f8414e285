-- Minutes of activity of people with recorded sessions, and single requests in the minutes in which such a session begins or ends.
CREATE OR REPLACE VIEW recorded_slices
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'The person, as the cluster names them.',
    key_ip LowCardinality(String) COMMENT 'Address of the activity.',
    actor_kind SimpleAggregateFunction(max, String) COMMENT 'Kind of the actor; see events.',
    first_seen_at DateTime64(6, 'UTC') COMMENT 'First moment of the key that the slice comes from.',
    opened_at DateTime64(6, 'UTC') COMMENT 'When the slice begins.',
    slice Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), SimpleAggregateFunction(min, Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String)), SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), audit_id String)), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String)) COMMENT 'Activity of a stretch of time that one session owns, in the form of the minutes of session_keys.'
)
AS
WITH
    edges AS
    (
        SELECT DISTINCT
            cluster,
            actor,
            toDateTime(toStartOfMinute(arrayJoin([started_at, ended_at, ended_at + toIntervalMinute(2)])), 'UTC') AS minute
        FROM presences
        UNION DISTINCT
        SELECT DISTINCT
            cluster,
            actor,
            toDateTime(toStartOfMinute(at), 'UTC') AS minute
        FROM session_endings
    ),
    minutes_of_people AS
    (
        SELECT
            cluster,
            toString(actor) AS actor,
            toString(key_ip) AS key_ip,
            actor_kind,
            minutes[1].1 AS first_seen_at,
            arrayJoin(split_where_silent(minutes, session_gap_seconds())) AS chain,
            chain[1].1 AS opened_at,
            arrayJoin(chain) AS slice,
            toDateTime(toStartOfMinute(slice.1), 'UTC') AS minute
        FROM session_keys
        WHERE key_credential = ''
            AND (cluster, actor) IN (
                SELECT
                    cluster,
                    actor
                FROM edges)
    )
SELECT
    cluster,
    actor,
    key_ip,
    actor_kind,
    first_seen_at,
    opened_at,
    slice
FROM minutes_of_people
WHERE (cluster, actor, minute) NOT IN (
    SELECT
        cluster,
        actor,
        minute
    FROM edges)
UNION ALL
SELECT
    single.cluster AS cluster,
    single.name AS actor,
    single.address AS key_ip,
    whole.actor_kind AS actor_kind,
    whole.first_seen_at AS first_seen_at,
    whole.opened_at AS opened_at,
    single.slice AS slice
FROM
(
    SELECT
        cluster,
        toString(actor) AS name,
        toString(key_ip) AS address,
        minute,
        request,
        tuple(
            min(instants.first).at,
            max(instants.last).at,
            min(instants.first),
            max(instants.last),
            toUInt64(1),
            toUInt64(max(instants.writes)),
            toUInt64(max(instants.denied)),
            groupUniqArrayArray(instants.clients),
            groupUniqArrayArray(instants.addresses),
            groupUniqArrayArray(instants.credentials),
            groupUniqArrayArray(instants.acting_as)) AS slice
    FROM instants
    WHERE (cluster, actor, minute) IN (
            SELECT
                cluster,
                actor,
                minute
            FROM edges)
        AND (cluster, first.audit_id, first.at, component) NOT IN (
            SELECT
                cluster,
                audit_id,
                requested_at,
                component
            FROM copy_facts)
    GROUP BY
        cluster,
        name,
        address,
        minute,
        request
) AS single
INNER JOIN minutes_of_people AS whole ON whole.cluster = single.cluster AND whole.actor = single.name AND whole.key_ip = single.address AND whole.minute = single.minute
COMMENT 'Activity of people with recorded sessions, cut at the moments that decide.'
