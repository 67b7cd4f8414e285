-- API events do not name the token. So activity belongs to the session that began last among those alive at its place; every moment of a place has
-- one owner or none, and nothing is counted twice. A session is alive from its start to its end, both included.
CREATE OR REPLACE VIEW presence_reigns
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'The person, as the cluster names them.',
    address String COMMENT 'Address of the place; empty for sessions whose address nobody recorded.',
    from_at DateTime64(6, 'UTC') COMMENT 'From this moment on, until the next row of the place.',
    owner String COMMENT 'Presence that owns activity there; empty for none.',
    gone String COMMENT 'Presence that ended just before; empty for none.',
    next_owner String COMMENT 'Owner of the next row of the place.',
    next_at DateTime64(6, 'UTC') COMMENT 'Its moment; the year 2299 for none.'
)
AS
WITH
    greatest(held.started_at, least(held.ended_at, clocks.newest_at)) AS known_until
SELECT
    cluster,
    actor,
    address,
    from_at,
    owner,
    gone,
    leadInFrame(owner, 1, '') OVER (PARTITION BY cluster, actor, address ORDER BY from_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_owner,
    leadInFrame(from_at, 1, toDateTime64('2299-01-01 00:00:00', 6, 'UTC')) OVER (PARTITION BY cluster, actor, address ORDER BY from_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_at
FROM
(
    SELECT
        bounds.cluster AS cluster,
        bounds.actor AS actor,
        bounds.address AS address,
        bounds.from_at AS from_at,
        argMaxIf(alive.presence_id, tuple(alive.weight, alive.started_at, alive.presence_id), alive.started_at <= from_at AND alive.ended_at >= from_at) AS owner,
        argMaxIf(alive.presence_id, tuple(alive.weight, alive.started_at, alive.presence_id), alive.ended_at + toIntervalMicrosecond(1) = from_at) AS gone
    FROM
    (
        SELECT DISTINCT
            cluster,
            actor,
            address,
            arrayJoin([
                toDateTime64('1970-01-01 00:00:00', 6, 'UTC'),
                started_at,
                ended_at + toIntervalMicrosecond(1)]) AS from_at,
            toDate(from_at) AS day
        FROM presence_places
    ) AS bounds
    LEFT JOIN
    (
        SELECT
            held.cluster AS cluster,
            held.actor AS actor,
            held.address AS address,
            held.weight AS weight,
            held.presence_id AS presence_id,
            held.started_at AS started_at,
            held.ended_at AS ended_at,
            arrayJoin(range(
                toUInt32(toUInt16(toDate(started_at))),
                toUInt32(toUInt16(toDate(known_until + toIntervalMicrosecond(1)))) + 1)) AS day
        FROM presence_places AS held
        INNER JOIN clocks ON clocks.cluster = held.cluster
    ) AS alive ON alive.cluster = bounds.cluster AND alive.actor = bounds.actor AND alive.address = bounds.address AND alive.day = toUInt32(toUInt16(bounds.day))
    GROUP BY
        cluster,
        actor,
        address,
        from_at
)
COMMENT 'Who owns the activity of a person at an address from which moment on: one row for each change.'
