CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_instants TO instants AS
SELECT
    cluster,
    person_of(events.actor) AS actor,
    toStartOfMinute(requested_at) AS minute,
    client_ip AS key_ip,
    request_hash_of(component, audit_id, requested_at) AS request,
    toString(events.component) AS component,
    tuple(
        requested_at,
        audit_id,
        toString(user_agent),
        toString(method_of(user_agent, credential_kind)),
        toString(client_ip),
        toString(client_ip_evidence),
        toString(credential_kind),
        credential_id) AS first,
    tuple(stage_at, audit_id) AS last,
    toUInt8(is_write(verb, resource, subresource)) AS writes,
    toUInt8(is_denied(code, decision)) AS denied,
    arrayFilter(text -> text != '', [toString(client)]) AS clients,
    arrayFilter(text -> text != '', [toString(client_ip)]) AS addresses,
    arrayFilter(text -> text != '', [credential_id]) AS credentials,
    arrayFilter(text -> text != '', [toString(impersonated_user)]) AS acting_as
FROM events
WHERE actor_kind = 'human'
    AND is_session_actor(actor_kind, user_agent)
    AND key_credential_of(credential_kind, credential_id) = ''
    AND key_ip_of(credential_kind, credential_id, client_ip) = client_ip
