-- title: Tokens issued by other than kubelets
-- question: Service-account tokens that somebody asked for, by whom and for which account. A token outlives the session; how long is in the raw event if the policy recorded it.
-- empty: Only kubelets asked for tokens.
SELECT
    requested_at AS at,
    actor,
    actor_kind,
    cluster,
    namespace,
    name,
    outcome,
    client_ip,
    client,
    audit_id
FROM requests
WHERE resource = 'serviceaccounts' AND subresource = 'token' AND actor_kind != 'node'
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE resource = 'serviceaccounts' AND subresource = 'token' AND actor_kind != 'node'
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
LIMIT 200
