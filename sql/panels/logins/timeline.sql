-- title: Who was in, when
-- question: The sessions of the 40 people seen last, a row each. Green is recorded by the platform, yellow is inferred from activity; where nothing is drawn nothing was seen. A session is drawn from its first to its last request, pauses within the gap included.
-- empty: Nobody was in.
-- next: who
WITH
    greatest(60, toUInt32($__interval_s)) AS step,
    found AS
    (
        SELECT
            toString(actor) AS person,
            toUnixTimestamp(greatest(started_at, $__fromTime_ms)) AS opened,
            toUnixTimestamp(least(last_seen_at, $__toTime_ms)) AS closed,
            if(confidence = 'recorded', 2, 1) AS known
        FROM sessions
        WHERE last_seen_at >= $__fromTime_ms
            AND started_at <= $__toTime_ms
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
            AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
            AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
            AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
            AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
            AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
    )
SELECT
    toDateTime(tick * step) AS time,
    person AS actor,
    toNullable(max(known)) AS state
FROM
(
    SELECT
        person,
        arrayJoin(range(intDiv(opened, step), intDiv(closed, step) + 1)) AS tick,
        known
    FROM found
    WHERE person IN (
        SELECT person
        FROM found
        GROUP BY person
        ORDER BY max(closed) DESC
        LIMIT 40)
    UNION ALL
    SELECT
        people.person,
        arrayJoin(range(intDiv(toUnixTimestamp($__fromTime), step), intDiv(toUnixTimestamp($__toTime), step) + 1)) AS tick,
        NULL
    FROM
    (
        SELECT person
        FROM found
        GROUP BY person
        ORDER BY max(closed) DESC
        LIMIT 40
    ) AS people
)
GROUP BY
    time,
    actor
ORDER BY
    time,
    actor
