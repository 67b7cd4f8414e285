CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_forwarded_requests TO forwarded_requests AS
SELECT
    cluster,
    sipHash64(cluster, audit_id, verb, path(request_uri)) AS request,
    requested_at,
    component,
    audit_id,
    stage_at,
    actor,
    events.actor_kind AS actor_kind,
    credential_kind,
    credential_id,
    client_ip,
    client_ip_evidence,
    user_agent,
    impersonated_user,
    is_write(verb, resource, subresource) AS is_write,
    is_denied(code, decision) AS is_denied,
    level,
    name != '' AS has_name,
    bitShiftLeft(toUInt64(stage_rank_of(stage)), 61) + bitShiftRight(richness, 3) AS version
FROM events
WHERE is_forwarded(request_uri)
