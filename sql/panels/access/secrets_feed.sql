-- title: Secrets touched by people
-- question: Every read and change of a secret by a person, or by a service account with a program for people. Values are never stored: they are redacted before.
-- empty: No person touched a secret.
-- queries: secret-reads secret-sweeps
SELECT
    requested_at AS at,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    actor,
    cluster,
    verb,
    namespace,
    name,
    outcome,
    client_ip,
    client,
    audit_id
FROM requests
WHERE resource = 'secrets' AND (actor_kind = 'human' OR is_interactive(user_agent))
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE resource = 'secrets' AND (actor_kind = 'human' OR is_interactive(user_agent))
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
