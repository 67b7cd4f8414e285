-- title: Live tail
-- question: The newest 200 requests that match, as a log. Set the refresh to 30 seconds to watch them come. Level shows the outcome: error is refused or failed at the server, warning any other failure.
-- empty: No request matches the filters.
-- next: ingest
SELECT
    requested_at AS timestamp,
    concat(
        if(actor = '', '(unknown)', toString(actor)), if(impersonated_user = '', '', concat(' as ', impersonated_user)), ' ',
        target_of(verb, resource, subresource, namespace, name, request_uri), ' → ', toString(code), ' ', outcome,
        ' from ', if(client_ip = '', '(unknown)', toString(client_ip)), ' with ', client) AS body,
    multiIf(code IN (401, 403) OR code >= 500, 'error', code >= 400, 'warning', code = 0, 'debug', 'info') AS level,
    toString(cluster) AS cluster,
    toString(actor) AS actor,
    toString(outcome) AS outcome,
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
        LIMIT 800)
ORDER BY timestamp DESC
LIMIT 200
SETTINGS $__adHocFilters('events')
