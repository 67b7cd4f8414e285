-- Filled by auth_facts_refresh: the derivations of sessions, logins and failed attempts read it many times, and the view joins anew each time.
CREATE TABLE IF NOT EXISTS auth_facts
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
    client_ip LowCardinality(String) COMMENT 'Address in the record, by the rule of events; empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'peer, forwarded, or empty; see events.',
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
ENGINE = MergeTree
ORDER BY (kind, cluster, at, evidence_id)
COMMENT 'Recorded authentication facts as of the last refresh; what people query is authentications.'
