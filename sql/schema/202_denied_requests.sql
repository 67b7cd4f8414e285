-- The events are looked through first, by narrow columns: a filter on code does not pass through the LIMIT BY of requests by itself.
CREATE OR REPLACE VIEW denied_requests AS
SELECT
    requested_at AS denied_at,
    cluster,
    platform,
    actor,
    actor_kind,
    effective_user,
    client_ip,
    client_ip_evidence,
    client,
    user_agent,
    verb,
    api_group,
    resource,
    subresource,
    namespace,
    name,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    message AS reason,
    [audit_id] AS evidence_ids
FROM requests
WHERE (cluster, requested_at) IN (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE is_denied(code, decision))
    AND is_denied(code, decision)
    AND actor_kind NOT IN ('anonymous', 'unauthenticated')
COMMENT 'Known users refused by authorization. Who could not even say who they are is in failed_attempts.'
