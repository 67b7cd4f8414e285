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
WHERE is_denied(code, decision)
    AND actor_kind NOT IN ('anonymous', 'unauthenticated')
COMMENT 'Known users refused by authorization. Who could not even say who they are is in failed_attempts.'
