-- title: Not seen for long
-- question: People seen before but not in the days chosen above, the longest absent first. Check whether their access is still needed; the audit log shows use, not rights.
-- empty: Everybody was seen lately.
-- queries: dormant-identities
SELECT
    actor,
    max(last_seen_at) AS last_seen_at,
    min(started_at) AS first_seen_at,
    dateDiff('day', last_seen_at, $__toTime_ms) AS days,
    arrayStringConcat(arraySort(groupUniqArray(toString(credential_kind))), ', ') AS credential_kinds,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(cluster))), ', ') AS clusters,
    argMax(last_audit_id, sessions.last_seen_at) AS audit_id
FROM sessions
WHERE actor_kind = 'human'
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY actor
HAVING last_seen_at < $__toTime_ms - toIntervalDay(toUInt32OrZero('${stale_days:percentencode}'))
ORDER BY last_seen_at
LIMIT 200
