-- title: Where they were in from
-- question: Sessions over time, a row each address. Two rows at once from places far apart deserve a look; a VPN and an office look the same.
-- empty: No session in this range.
-- next: who/addresses
WITH
    greatest(60, toUInt32($__interval_s)) AS step,
    found AS
    (
        SELECT
            if(client_ip = '', 'unknown', client_ip) AS address,
            toUnixTimestamp(greatest(started_at, $__fromTime_ms)) AS opened,
            toUnixTimestamp(least(last_seen_at, $__toTime_ms)) AS closed,
            if(confidence = 'recorded', 2, 1) AS known
        FROM sessions
        WHERE actor = decodeURLComponent('${actor:percentencode}')
            AND last_seen_at >= $__fromTime_ms
            AND started_at <= $__toTime_ms
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    )
SELECT
    toDateTime(tick * step) AS time,
    address AS client_ip,
    toNullable(max(known)) AS state
FROM
(
    SELECT
        address,
        arrayJoin(range(intDiv(opened, step), intDiv(closed, step) + 1)) AS tick,
        known
    FROM found
    UNION ALL
    SELECT
        address,
        arrayJoin(range(intDiv(toUnixTimestamp($__fromTime), step), intDiv(toUnixTimestamp($__toTime), step) + 1)) AS tick,
        NULL
    FROM
    (
        SELECT DISTINCT address
        FROM found
        LIMIT 20
    )
)
GROUP BY
    time,
    client_ip
ORDER BY
    time,
    client_ip
