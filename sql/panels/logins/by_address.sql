-- title: By address
-- question: Where people came from; an address used by several people is a proxy, a jump host or a shared machine. Only the address of the connection is certain: what a proxy reports holds as far as the proxy is trusted.
-- empty: Nobody was in.
SELECT
    client_ip,
    any(client_ip_evidence) AS client_ip_evidence,
    count() AS sessions,
    uniqExact(actor) AS people,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(actor))), ', ') AS names,
    min(started_at) AS first_at,
    max(last_seen_at) AS last_at
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
GROUP BY client_ip
ORDER BY
    people DESC,
    sessions DESC
LIMIT 100
