-- title: Requests over time, by outcome
-- question: When the requests that match came; drag over it to narrow the range. A request whose end was not logged is in-progress.
-- empty: No request matches the filters.
-- next: events/table
SELECT
    $__timeInterval(received_at) AS time,
    toString(last_outcome) AS outcome,
    count() AS requests
FROM
(
    SELECT
        any(events.requested_at) AS received_at,
        argMax(outcome, stage_rank_of(stage)) AS last_outcome
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
    GROUP BY request_hash_of(component, audit_id, requested_at)
)
GROUP BY
    time,
    outcome
ORDER BY time
SETTINGS $__adHocFilters('events')
