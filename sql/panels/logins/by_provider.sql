-- title: By identity provider
-- question: Which provider vouched for the person, where a record names it: the oauth-server, Keycloak, Dex. An inferred login names none, and plain Kubernetes never does.
-- empty: Nobody logged in.
-- next: logins/feed
SELECT
    if(provider = '', 'none recorded', provider) AS provider,
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
GROUP BY provider
ORDER BY logins DESC
LIMIT 12
