CREATE OR REPLACE VIEW login_steps
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'The person, as the cluster names them where it does.',
    at DateTime64(6, 'UTC') COMMENT 'Moment of the step.',
    step String COMMENT 'token, password, callback, idp or cookie; see login_step_of.',
    evidence_id String COMMENT 'auditID, or line: and the hash of a line.',
    platform String COMMENT 'Platform that the record shows.',
    credential_id String COMMENT 'Name of the token, or session id of the provider; empty where there is none.',
    client_name String COMMENT 'OAuth client; empty where none is named.',
    provider String COMMENT 'Identity provider; empty where none is named.',
    client_ip String COMMENT 'Address of the record; empty for the token: it is made by the OAuth server, for somebody else.',
    client_ip_evidence String COMMENT 'Where that address comes from; see events.',
    hidden UInt8 COMMENT 'Whether that address is not the person''s; see is_hidden_address.',
    user_agent String COMMENT 'User agent of the person; empty where none is recorded.'
)
AS
SELECT
    cluster,
    actor,
    assumeNotNull(started_at) AS at,
    'token' AS step,
    start_id AS evidence_id,
    platform,
    credential_id,
    client_name,
    '' AS provider,
    '' AS client_ip,
    '' AS client_ip_evidence,
    1 AS hidden,
    '' AS user_agent
FROM tokens
WHERE started_at IS NOT NULL
    AND actor != ''
UNION ALL
SELECT
    cluster,
    toString(actor) AS actor,
    at,
    login_step_of(kind, target, client_name, code) AS step,
    evidence_id,
    toString(platform) AS platform,
    '' AS credential_id,
    toString(client_name) AS client_name,
    toString(provider) AS provider,
    toString(client_ip) AS client_ip,
    toString(client_ip_evidence) AS client_ip_evidence,
    toUInt8(is_hidden_address(cluster, client_ip, client_ip_evidence)) AS hidden,
    toString(user_agent) AS user_agent
FROM auth_facts
WHERE kind = 'allowed'
    AND actor != ''
    AND step != ''
UNION ALL
SELECT
    named.cluster AS cluster,
    multiIf(
        arrayExists(name -> has(named.wanted, name), arrayFlatten(groupArray(persons.actors))),
        arrayMin(arrayFilter(name -> has(named.wanted, name), arrayFlatten(groupArray(persons.actors)))),
        notEmpty(arrayFlatten(groupArray(persons.actors))),
        arrayMin(arrayFlatten(groupArray(persons.actors))),
        any(named.name)) AS actor,
    named.at AS at,
    'idp' AS step,
    named.evidence_id AS evidence_id,
    any(named.platform) AS platform,
    any(named.session) AS credential_id,
    any(named.client) AS client_name,
    any(named.provider) AS provider,
    any(named.ip) AS client_ip,
    any(named.ip_evidence) AS client_ip_evidence,
    toUInt8(is_hidden_address(named.cluster, any(named.ip), any(named.ip_evidence))) AS hidden,
    any(named.agent) AS user_agent
FROM
(
    SELECT
        cluster,
        at,
        evidence_id,
        toString(platform) AS platform,
        toString(actor) AS name,
        credential_id AS session,
        toString(client_name) AS client,
        toString(provider) AS provider,
        toString(client_ip) AS ip,
        toString(client_ip_evidence) AS ip_evidence,
        toString(user_agent) AS agent,
        arrayDistinct(arrayConcat([toString(actor)], arrayMap(each -> toString(each), names))) AS wanted,
        arrayJoin(arrayDistinct(arrayMap(each -> person_key_of(each), wanted))) AS person_key
    FROM auth_facts
    WHERE kind = 'idp-login'
        AND actor != ''
) AS named
LEFT JOIN persons ON persons.cluster = named.cluster AND persons.person_key = named.person_key
GROUP BY
    cluster,
    at,
    evidence_id,
    named.wanted
COMMENT 'Recorded facts that are part of a login. A line of an identity provider is given to the person whose name it says exactly, else to the first with the same person_key.'
