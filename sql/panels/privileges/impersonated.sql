-- title: Acting as another
-- question: Requests made in the name of another identity. The audit log names both; the change belongs to the one who acted.
-- next: privileges/acting
SELECT uniqExact(request_hash_of(component, audit_id, requested_at)) AS value
FROM events
WHERE impersonated_user != ''
    AND $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
    AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace)
