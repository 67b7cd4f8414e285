-- title: Every change
-- question: All changes to rights, certificates, admission and namespaces, with refused ones. What the change was is in the raw event.
-- empty: Nothing privileged was changed.
-- queries: privileged-pods host-paths certificate-approvals admission-changes
SELECT
    requested_at AS at,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    actor,
    cluster,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    client_ip,
    client,
    audit_id
FROM requests
WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested', 'admission changed', 'namespace deleted')
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
