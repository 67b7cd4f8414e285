-- The copy of an aggregated server has the body, that of kube-apiserver knows who asked and from where: both together are one fact.
CREATE OR REPLACE VIEW authentications
(
    at DateTime64(6, 'UTC') COMMENT 'Moment of the fact: when the request was received, or the time of the line.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform the record shows; see events.',
    component LowCardinality(String) COMMENT 'Who wrote it: kube-apiserver, oauth-apiserver, oauth-server, dex, keycloak or eks-authenticator.',
    kind LowCardinality(String) COMMENT 'token-created, token-used, token-refreshed, token-deleted, token-missing, token-issued, code-exchanged, allowed, denied, error, challenge, idp-login, idp-failure, idp-logout, iam-granted or iam-denied; empty for lines that are neither login, logout nor failure.',
    actor LowCardinality(String) COMMENT 'The person (or principal) the record is about, kubeadmin as kube:admin; empty when it names nobody.',
    names Array(LowCardinality(String)) COMMENT 'All names the record gives that person: as typed, preferred name, e-mail, ARN.',
    by LowCardinality(String) COMMENT 'Who asked for it: user.username of the request; empty for lines of identity providers.',
    client_name LowCardinality(String) COMMENT 'OAuth client; empty where none is named.',
    provider LowCardinality(String) COMMENT 'Identity provider, connector or realm; empty where none is named.',
    credential_id String COMMENT 'Name of the token (sha256~…), JTI=…, access key id, or session id of the provider; empty where there is none.',
    linked_id String COMMENT 'The other credential of the same act: the authorize token of an access token; else empty.',
    issued_to LowCardinality(String) COMMENT 'Service account that a TokenRequest issued a token for; else empty.',
    groups Array(LowCardinality(String)) COMMENT 'Groups or scopes the record names.',
    client_ip LowCardinality(String) COMMENT 'Address in the record, by the rule of events, or that of the access log where the record shows only a router and the log names one client; empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'peer, forwarded, access-log, or empty; see events.',
    peer_ip LowCardinality(String) COMMENT 'TCP peer: the router or proxy where there is one.',
    user_agent LowCardinality(String) COMMENT 'User agent of the request; empty where none is recorded.',
    code UInt16 COMMENT 'HTTP status; 0 for lines of identity providers.',
    decision LowCardinality(String) COMMENT 'authentication.openshift.io/decision, or the word of the line (access granted, LOGIN_ERROR …).',
    reason String COMMENT 'Why it failed, in the words of the record; empty on success.',
    target String COMMENT 'Path of the request without its query; empty for lines.',
    created_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the token was created, where the record says so.',
    expires_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the token ends by its lifetime; NULL for never or unknown.',
    inactive_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the token ends unless it is used again; NULL without an inactivity timeout.',
    evidence_id String COMMENT 'auditID, or line: and the hash of a line, the same in every copy.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered it; see batches.'
)
AS
SELECT
    if(front.component = '', recorded_fact.at, front.at) AS at,
    recorded_fact.cluster AS cluster,
    recorded_fact.platform AS platform,
    recorded_fact.component AS component,
    recorded_fact.kind AS kind,
    recorded_fact.actor AS actor,
    recorded_fact.names AS names,
    if(front.component = '', recorded_fact.by, front.by) AS by,
    recorded_fact.client_name AS client_name,
    recorded_fact.provider AS provider,
    recorded_fact.credential_id AS credential_id,
    recorded_fact.linked_id AS linked_id,
    recorded_fact.issued_to AS issued_to,
    recorded_fact.groups AS groups,
    multiIf(named_origin.client_ip != '', toLowCardinality(named_origin.client_ip), front.component = '', recorded_fact.client_ip, front.client_ip) AS client_ip,
    multiIf(named_origin.client_ip != '', 'access-log', front.component = '', toString(recorded_fact.client_ip_evidence), toString(front.client_ip_evidence)) AS client_ip_evidence,
    if(front.component = '', recorded_fact.peer_ip, front.peer_ip) AS peer_ip,
    if(front.component = '', recorded_fact.user_agent, front.user_agent) AS user_agent,
    recorded_fact.code AS code,
    recorded_fact.decision AS decision,
    recorded_fact.reason AS reason,
    recorded_fact.target AS target,
    recorded_fact.created_at AS created_at,
    recorded_fact.expires_at AS expires_at,
    recorded_fact.inactive_at AS inactive_at,
    recorded_fact.evidence_id AS evidence_id,
    recorded_fact.batch_id AS batch_id
FROM
(
    SELECT
        auth_records.* EXCEPT (raw, richness),
        paired_copy.front_at AS front_at
    FROM auth_records FINAL
    LEFT JOIN copy_facts AS paired_copy
        ON paired_copy.cluster = auth_records.cluster
        AND paired_copy.audit_id = auth_records.evidence_id
        AND paired_copy.component = auth_records.component
        AND paired_copy.requested_at = auth_records.at
    WHERE (cluster, evidence_id, at, component) NOT IN (
        SELECT
            cluster,
            audit_id,
            front_at,
            'kube-apiserver'
        FROM copy_facts
        WHERE (cluster, audit_id, requested_at, component) IN (
            SELECT
                cluster,
                evidence_id,
                at,
                component
            FROM auth_records))
) AS recorded_fact
LEFT JOIN
(
    SELECT
        cluster,
        evidence_id,
        at,
        component,
        by,
        client_ip,
        client_ip_evidence,
        peer_ip,
        user_agent
    FROM auth_records FINAL
    WHERE component = 'kube-apiserver'
) AS front ON front.cluster = recorded_fact.cluster AND front.evidence_id = recorded_fact.evidence_id AND front.at = recorded_fact.front_at
LEFT JOIN authentication_origins AS named_origin ON named_origin.cluster = recorded_fact.cluster AND named_origin.evidence_id = recorded_fact.evidence_id AND named_origin.at = recorded_fact.at
COMMENT 'Recorded authentication facts, one row per fact.'
