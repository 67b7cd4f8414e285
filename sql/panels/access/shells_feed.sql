-- title: Shells, tunnels and debug containers
-- question: Who went into which pod, when, from where. Commands given with the request are in its address; what was typed later is not logged.
-- empty: Nobody opened a shell or a tunnel.
-- queries: shells-in-pods port-forwards debug-containers
SELECT
    requested_at AS at,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    actor,
    cluster,
    namespace,
    name,
    arrayStringConcat(extractURLParameters(request_uri), ' ') AS asked,
    outcome,
    client_ip,
    client,
    audit_id
FROM requests
WHERE ((resource = 'pods' AND subresource IN ('exec', 'attach', 'portforward', 'ephemeralcontainers')) OR (subresource = 'proxy' AND resource IN ('pods', 'nodes', 'services')))
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE ((resource = 'pods' AND subresource IN ('exec', 'attach', 'portforward', 'ephemeralcontainers')) OR (subresource = 'proxy' AND resource IN ('pods', 'nodes', 'services')))
            AND $__timeFilter_ms(requested_at)
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
            AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
            AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
            AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace))
    AND $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace)
ORDER BY at DESC
LIMIT 300
