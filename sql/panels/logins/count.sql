-- title: Logins by proof
-- question: Logins in the range, by how they are known. Recorded: the platform, its OAuth server or an identity provider wrote the login down. Inferred: the first request of a session, because plain Kubernetes records no login.
-- next: logins/feed
SELECT
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
