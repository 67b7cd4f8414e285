-- title: Logins by kind of credential
-- question: Whether certificates and static tokens go away over time. Logins of people only.
-- empty: Nobody logged in.
-- next: logins
SELECT
    $__timeInterval(started_at) AS time,
    toString(credential_kind) AS credential_kind,
    count() AS logins
FROM sessions
WHERE actor_kind = 'human'
    AND $__timeFilter_ms(started_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY
    time,
    credential_kind
ORDER BY time
