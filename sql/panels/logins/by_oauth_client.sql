-- title: By OAuth client
-- question: For which client a token was made: console, oc, a browser page, a program such as Argo CD. Only recorded logins name one.
-- empty: No login names an OAuth client: plain Kubernetes has none.
-- next: logins/feed
SELECT
    client_name,
    count() AS logins
FROM logins
WHERE client_name != ''
    AND $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(method IN (chosen('${method:percentencode}')), $method)
    AND $__conditionalAll(confidence IN (chosen('${confidence:percentencode}')), $confidence)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY client_name
ORDER BY logins DESC
LIMIT 12
