-- title: Break-glass sessions
-- question: Sessions of administrators without a person's name. There should be a ticket for each; who sat there the log does not say.
-- next: logins
SELECT count() AS value
FROM sessions
WHERE is_break_glass(actor)
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
