-- title: By method, recorded and inferred
-- question: How people came in. Recorded: by the OAuth client that the platform wrote down. Inferred: by the program of the first request, a hint that the client may choose.
-- empty: Nobody logged in.
-- next: logins/feed
SELECT
    toString(method) AS method,
    countIf(confidence = 'recorded') AS recorded,
    countIf(confidence = 'inferred') AS inferred
FROM logins
WHERE $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY method
ORDER BY count() DESC
LIMIT 12
