-- title: Service-account tokens that people use
-- question: Which service account was used with which program for people, from where. Who held the token the log cannot say.
-- empty: No service account was used by hand.
-- queries: service-accounts-in-hand
SELECT
    max(last_seen_at) AS last_at,
    actor,
    cluster,
    arrayStringConcat(arraySort(arrayDistinct(arrayFlatten(groupArray(sessions.clients)))), ', ') AS clients,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(client_ip))), ', ') AS addresses,
    count() AS sessions,
    sum(sessions.requests) AS requests,
    sum(sessions.writes) AS writes,
    argMin(first_audit_id, started_at) AS audit_id
FROM sessions
WHERE actor_kind = 'service-account'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY
    actor,
    cluster
ORDER BY last_at DESC
LIMIT 100
