CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_token_uses TO token_uses AS
SELECT
    cluster,
    actor,
    credential_id,
    client_ip,
    min(tuple(requested_at, audit_id)) AS first,
    max(requested_at) AS last_used_at,
    uniqExactState(toUInt32(toUnixTimestamp(toStartOfMinute(requested_at)))) AS minutes,
    groupUniqArrayIf(toString(client), client != '') AS clients
FROM events
WHERE actor_kind = 'service-account'
    AND startsWith(credential_id, 'JTI=')
    AND NOT is_aggregated_copy(component, request_uri)
GROUP BY
    cluster,
    actor,
    credential_id,
    client_ip
