-- The address of the person where a record shows it. Where the records show only the address of a router, a proxy or a pod, it is that of the
-- activity which begins within 30 s of the login; else it stays unknown, and activity at any address without a session of its own belongs to it.
-- Besides, every session is at the place '*': activity at a hidden address (a pod, a proxy) may be that of any of them, and before all of one whose
-- client is itself a server. Greater weight and later start decide.
CREATE OR REPLACE VIEW presence_places
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'The person, as the cluster names them.',
    presence_id String COMMENT 'Name of the token, or the decisive evidence id of a login without one.',
    started_at DateTime64(6, 'UTC') COMMENT 'When the session began.',
    ended_at DateTime64(6, 'UTC') COMMENT 'When it ended at the latest.',
    place Tuple(String, UInt8) COMMENT 'Address and its weight, as one value.',
    address String COMMENT 'Address at which the sessions person works; * for every address that is not a persons own.',
    weight UInt8 COMMENT 'How strongly the session claims the address; the stronger one owns what is done there.'
)
AS
SELECT
    held.cluster AS cluster,
    held.actor AS actor,
    held.presence_id AS presence_id,
    held.started_at AS started_at,
    held.ended_at AS ended_at,
    arrayJoin([
        tuple(
            multiIf(
                NOT held.hidden, held.client_ip,
                opened.opened_at BETWEEN held.started_at - toIntervalSecond(30) AND held.started_at + toIntervalSecond(30), opened.address,
                ''),
            toUInt8(0)),
        tuple('*', toUInt8(is_hosted_client(held.client_name)))]) AS place,
    place.1 AS address,
    place.2 AS weight
FROM
(
    SELECT
        *,
        started_at - toIntervalSecond(30) AS looked_from
    FROM presences
) AS held
ASOF LEFT JOIN
(
    SELECT
        cluster,
        toString(actor) AS name,
        arrayJoin(arrayMap(chain -> chain[1].1, split_where_silent(minutes, session_gap_seconds()))) AS opened_at,
        min(toString(key_ip)) AS address
    FROM session_keys
    WHERE key_credential = ''
        AND (cluster, actor) IN (
            SELECT
                cluster,
                actor
            FROM presences)
    GROUP BY
        cluster,
        name,
        opened_at
) AS opened ON opened.cluster = held.cluster AND opened.name = held.actor AND opened.opened_at >= held.looked_from
COMMENT 'Where the person of each recorded login is.'
