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
