-- title: Requests
-- question: The newest 500 requests that match, one row each in its last known stage. Narrow the filters or the range to see older ones. Click the proof for the raw event.
-- empty: No request matches the filters.
SELECT
    requested_at,
    cluster,
    actor,
    actor_kind,
    verb,
    if(subresource = '', toString(resource), concat(resource, '/', subresource)) AS resource,
    namespace,
    name,
    outcome,
    code,
    client_ip,
    client,
    if(impersonated_user = '', '', toString(effective_user)) AS acting_as,
    request_uri,
    audit_id
FROM requests
WHERE $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
    AND $__conditionalAll(verb IN (chosen('${verb:percentencode}')), $verb)
    AND $__conditionalAll(outcome IN (chosen('${outcome:percentencode}')), $outcome)
    AND $__conditionalAll(if(is_denied(code, decision), 'yes', 'no') IN (chosen('${refused:percentencode}')), $refused)
    AND $__conditionalAll((is_named(actor, decodeURLComponent('${actor:percentencode}')) OR is_named(effective_user, decodeURLComponent('${actor:percentencode}'))), $actor)
    AND $__conditionalAll((is_named(resource, decodeURLComponent('${resource:percentencode}')) OR is_named(concat(resource, '/', subresource), decodeURLComponent('${resource:percentencode}'))), $resource)
    AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace)
    AND $__conditionalAll(is_named(name, decodeURLComponent('${name:percentencode}')), $name)
    AND $__conditionalAll(is_named(client, decodeURLComponent('${client:percentencode}')), $client)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
    AND $__conditionalAll(positionCaseInsensitiveUTF8(concat(request_uri, '\n', name, '\n', namespace, '\n', message, '\n', user_agent, '\n', actor, '\n', effective_user), decodeURLComponent('${search:percentencode}')) > 0, $search)
    AND $__conditionalAll(audit_id = decodeURLComponent('${audit_id:percentencode}'), $audit_id)
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE $__timeFilter_ms(requested_at)
            AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
            AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
            AND $__conditionalAll(actor_kind IN (chosen('${actor_kind:percentencode}')), $actor_kind)
            AND $__conditionalAll(verb IN (chosen('${verb:percentencode}')), $verb)
            AND $__conditionalAll(outcome IN (chosen('${outcome:percentencode}')), $outcome)
            AND $__conditionalAll(if(is_denied(code, decision), 'yes', 'no') IN (chosen('${refused:percentencode}')), $refused)
            AND $__conditionalAll((is_named(actor, decodeURLComponent('${actor:percentencode}')) OR is_named(effective_user, decodeURLComponent('${actor:percentencode}'))), $actor)
            AND $__conditionalAll((is_named(resource, decodeURLComponent('${resource:percentencode}')) OR is_named(concat(resource, '/', subresource), decodeURLComponent('${resource:percentencode}'))), $resource)
            AND $__conditionalAll(is_named(namespace, decodeURLComponent('${namespace:percentencode}')), $namespace)
            AND $__conditionalAll(is_named(name, decodeURLComponent('${name:percentencode}')), $name)
            AND $__conditionalAll(is_named(client, decodeURLComponent('${client:percentencode}')), $client)
            AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
            AND $__conditionalAll(positionCaseInsensitiveUTF8(concat(request_uri, '\n', name, '\n', namespace, '\n', message, '\n', user_agent, '\n', actor, '\n', effective_user), decodeURLComponent('${search:percentencode}')) > 0, $search)
            AND $__conditionalAll(audit_id = decodeURLComponent('${audit_id:percentencode}'), $audit_id)
        ORDER BY requested_at DESC
        LIMIT 2000)
ORDER BY requested_at DESC
LIMIT 500
SETTINGS $__adHocFilters('events')
