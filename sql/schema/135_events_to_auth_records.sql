-- Only events that may be facts are looked at, by narrow columns; their bodies are parsed here and nowhere else.
CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_auth_records TO auth_records AS
WITH
    if(body.responseObject.userName != '' OR body.requestObject.userName = '', body.responseObject, body.requestObject) AS token,
    toString(annotations['authentication.openshift.io/username']) AS said_name,
    multiIf(
        token.userName != '', token.userName,
        resource = 'useroauthaccesstokens', toString(events.actor),
        kind = 'token-issued', toString(events.actor),
        said_name) AS person
SELECT
    requested_at AS at,
    cluster,
    platform,
    component,
    kind,
    person_of(person) AS actor,
    if(person = '', [], [person]) AS names,
    events.actor AS by,
    multiIf(
        token.clientName != '', token.clientName,
        resource = '', oauth_client_of(request_uri),
        '') AS client_name,
    if(resource = '', oauth_provider_of(request_uri), '') AS provider,
    multiIf(
        kind = 'token-issued', issued_credential_of(annotations),
        resource = '', '',
        name != '', name,
        token.metadata.name != '', token.metadata.name,
        body.responseObject.details.name) AS credential_id,
    token.authorizeToken AS linked_id,
    if(kind = 'token-issued', concat('system:serviceaccount:', namespace, ':', name), '') AS issued_to,
    token.scopes AS groups,
    client_ip,
    client_ip_evidence,
    peer_ip,
    user_agent,
    code,
    multiIf(
        kind = 'token-issued' OR resource IN ('oauthaccesstokens', 'useroauthaccesstokens'), '',
        resource = 'oauthauthorizetokens', toString(verb),
        toString(annotations['authentication.openshift.io/decision'])) AS decision,
    if(kind IN ('denied', 'error', 'challenge', 'token-missing'), if(message != '', message, toString(events.reason)), '') AS reason,
    cutQueryString(request_uri) AS target,
    multiIf(
        kind IN ('token-created', 'token-issued'), toNullable(coalesce(parseDateTime64BestEffortOrNull(token.metadata.creationTimestamp, 6, 'UTC'), requested_at)),
        parseDateTime64BestEffortOrNull(token.metadata.creationTimestamp, 6, 'UTC')) AS created_at,
    multiIf(
        kind = 'token-issued', parseDateTime64BestEffortOrNull(body.responseObject.status.expirationTimestamp, 6, 'UTC'),
        token.expiresIn > 0, created_at + toIntervalSecond(token.expiresIn),
        NULL) AS expires_at,
    if(token.inactivityTimeoutSeconds > 0, created_at + toIntervalSecond(token.inactivityTimeoutSeconds), NULL) AS inactive_at,
    audit_id AS evidence_id,
    batch_id,
    '' AS raw,
    richness
FROM
(
    SELECT
        * EXCEPT (raw),
        auth_kind_of(verb, api_group, resource, subresource, stage, code, actor, request_uri, annotations) AS kind,
        JSONExtract(raw, 'Tuple(
            requestObject Tuple(
                metadata Tuple(name String, creationTimestamp String),
                clientName String,
                expiresIn Int64,
                scopes Array(LowCardinality(String)),
                userName String,
                authorizeToken String,
                inactivityTimeoutSeconds Int64,
                details Tuple(name String),
                status Tuple(expirationTimestamp String)),
            responseObject Tuple(
                metadata Tuple(name String, creationTimestamp String),
                clientName String,
                expiresIn Int64,
                scopes Array(LowCardinality(String)),
                userName String,
                authorizeToken String,
                inactivityTimeoutSeconds Int64,
                details Tuple(name String),
                status Tuple(expirationTimestamp String)))') AS body
    FROM events
    WHERE (resource = '' OR resource IN ('oauthaccesstokens', 'useroauthaccesstokens', 'oauthauthorizetokens', 'serviceaccounts'))
        AND auth_kind_of(verb, api_group, resource, subresource, stage, code, actor, request_uri, annotations) != ''
) AS events
