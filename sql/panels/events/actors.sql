-- title: Identities and addresses
-- question: How many different user names and client addresses are behind the requests that match.
-- next: events/table
SELECT
    uniqExactIf(actor, actor != '') AS actors,
    uniqExactIf(client_ip, client_ip != '') AS addresses
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
SETTINGS $__adHocFilters('events')
