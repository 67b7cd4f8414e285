-- What aggregated servers log of a request is not counted here: activity_minutes adds those that kube-apiserver did not log.
CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_activity TO activity AS
WITH request_hash_of(component, audit_id, requested_at) AS request
SELECT
    cluster,
    person_of(events.actor) AS actor,
    key_credential_of(credential_kind, credential_id) AS key_credential,
    key_ip_of(credential_kind, credential_id, client_ip) AS key_ip,
    toStartOfMinute(requested_at) AS minute,
    max(toString(events.actor_kind)) AS actor_kind,
    min(tuple(
        requested_at,
        audit_id,
        toString(user_agent),
        toString(method_of(user_agent, credential_kind)),
        toString(client_ip),
        toString(client_ip_evidence),
        toString(credential_kind),
        credential_id)) AS first,
    max(tuple(stage_at, audit_id)) AS last,
    uniqExactState(request) AS requests,
    uniqExactIfState(request, is_write(verb, resource, subresource)) AS writes,
    uniqExactIfState(request, is_denied(code, decision)) AS denied,
    groupUniqArrayIf(toString(client), client != '') AS clients,
    groupUniqArrayIf(toString(client_ip), client_ip != '') AS addresses,
    groupUniqArrayIf(credential_id, credential_id != '') AS credentials,
    groupUniqArrayIf(toString(impersonated_user), impersonated_user != '') AS acting_as
FROM events
WHERE is_session_actor(events.actor_kind, user_agent)
    AND NOT is_aggregated_copy(component, request_uri)
GROUP BY
    cluster,
    actor,
    key_credential,
    key_ip,
    minute
