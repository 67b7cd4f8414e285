-- title: Sessions, two gaps
-- question: How many sessions and logins the range would have if a session ended after the silence chosen above, beside those of the configured gap. All are inferred: recorded logins know no gap.
-- next: logins/gap_sessions
SELECT
    (
        SELECT count()
        FROM sessions_with_gap(gap_seconds = greatest(60, toUInt32OrZero('${gap:percentencode}')), since = $__fromTime_ms, until = $__toTime_ms)
        WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
            AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
            AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
            AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
            AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
            AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
    ) AS this_gap,
    (
        SELECT count()
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
    ) AS configured
