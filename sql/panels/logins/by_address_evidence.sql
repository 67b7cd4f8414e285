-- title: How addresses are known
-- question: Peer: the TCP peer that a server saw. Forwarded: named by a trusted proxy. Access-log: found in the log of the router, because the server saw only the router. A peer may still be a proxy that nobody declared.
-- empty: Nobody logged in.
-- next: logins/by_address
SELECT
    if(client_ip_evidence = '', 'no address', toString(client_ip_evidence)) AS address_by,
    count() AS logins
FROM logins
WHERE $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY address_by
ORDER BY logins DESC
LIMIT 6
