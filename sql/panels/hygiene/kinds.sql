-- title: How people prove who they are
-- question: Sessions of people by the kind of credential. Unknown: the API server recorded no credential id; newer ones do.
-- empty: Nobody was in.
-- next: hygiene/certificate_list
SELECT
    toString(credential_kind) AS credential_kind,
    count() AS sessions
FROM sessions
WHERE actor_kind = 'human'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY credential_kind
ORDER BY sessions DESC
LIMIT 12
