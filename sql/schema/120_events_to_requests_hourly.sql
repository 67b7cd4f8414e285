-- A copy that an aggregated server logged would count its request twice, under another address and name.
CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_requests_hourly TO requests_hourly AS
SELECT
    cluster,
    toStartOfHour(requested_at) AS hour,
    actor_kind,
    client,
    verb,
    api_group,
    resource,
    subresource,
    outcome,
    is_denied(code, decision) AS denied,
    uniqExactState(request_hash_of(component, audit_id, requested_at)) AS requests
FROM events
WHERE NOT is_aggregated_copy(component, request_uri)
GROUP BY
    cluster,
    hour,
    actor_kind,
    client,
    verb,
    api_group,
    resource,
    subresource,
    outcome,
    denied
