CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_refusals TO refusals AS
SELECT
    requested_at AS attempted_at,
    cluster,
    platform,
    '' AS actor,
    if(code = 401, 'bad-credential', 'anonymous-denied') AS class,
    method_of(user_agent, 'unknown') AS method,
    client_ip,
    client_ip_evidence,
    user_agent,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    multiIf(message != '', message, reason != '', toString(reason), toString(code)) AS reason,
    'apiserver' AS evidence,
    [audit_id] AS evidence_ids,
    component,
    batch_id
FROM events
WHERE is_failed_attempt(actor_kind, code, verb, request_uri)
