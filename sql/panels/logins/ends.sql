-- title: How sessions ended
-- question: Logout and revoked are recorded: somebody deleted the token. Expired is computed from its lifetime, idle from silence: nobody records these, and idle does not prove that the person left. Sessions still open are not counted.
-- empty: No session ended.
-- next: logins/ended
SELECT
    toString(end_reason) AS end_reason,
    count() AS sessions
FROM sessions
WHERE end_reason != 'open'
    AND ended_at BETWEEN $__fromTime_ms AND $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY end_reason
ORDER BY sessions DESC
LIMIT 6
