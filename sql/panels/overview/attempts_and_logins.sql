-- title: Logins, failed attempts and refusals
-- question: Whether failures rise while logins do not. Failed attempts are those that do not look like a machine with an expired token.
-- empty: Nobody came in and nobody was refused in this range.
-- next: failed
SELECT
    $__timeInterval(at) AS time,
    kind,
    count() AS requests
FROM
(
    SELECT
        login_at AS at,
        cluster,
        'logins' AS kind
    FROM logins
    WHERE actor_kind = 'human'
        AND $__timeFilter_ms(login_at)
    UNION ALL
    SELECT
        started_at,
        cluster,
        'bursts of failed attempts'
    FROM failed_attempt_origins
    WHERE origin != 'machine'
        AND $__timeFilter_ms(started_at)
)
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    time,
    kind
ORDER BY time
