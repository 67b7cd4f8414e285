-- title: Service accounts in a hand
-- question: Service accounts whose token was used with a program for people. The token may have been taken from a pod or a pipeline.
-- next: hygiene/tokens_in_hand
SELECT uniqExact(actor) AS value
FROM sessions
WHERE actor_kind = 'service-account'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
