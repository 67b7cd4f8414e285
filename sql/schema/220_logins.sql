CREATE OR REPLACE VIEW logins
(
    login_at DateTime64(6, 'UTC') COMMENT 'Moment of the login.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform of the cluster; see clusters.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    actor_kind LowCardinality(String) COMMENT 'human, or service-account used with an interactive client.',
    method LowCardinality(String) COMMENT 'How the person came in: by the OAuth client where one is recorded, else by the client of the first request, a hint.',
    client_name String COMMENT 'OAuth client; empty where no recorded login names one.',
    provider String COMMENT 'Identity provider; empty where no recorded login names one.',
    client_ip String COMMENT 'Client address; see events.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    user_agent String COMMENT 'User agent of the login.',
    credential_kind LowCardinality(String) COMMENT 'Kind of the credential; see events.',
    credential_id String COMMENT 'Credential id, the platform''s own text; empty where the platform gives none.',
    evidence LowCardinality(String) COMMENT 'oauth-token, oauth-server, idp or iam where the platform recorded it; first-seen (the first session of this key) or idle-gap.',
    confidence LowCardinality(String) COMMENT 'recorded (the platform said so) or inferred.',
    evidence_ids Array(String) COMMENT 'auditIDs, or ids of lines (line:…), that were folded into the row; the first is decisive.',
    session_id String COMMENT 'The session that the login began.'
)
AS
SELECT
    login_at,
    cluster,
    platform,
    actor,
    actor_kind,
    method,
    client_name,
    provider,
    client_ip,
    client_ip_evidence,
    user_agent,
    credential_kind,
    credential_id,
    evidence,
    confidence,
    login_ids AS evidence_ids,
    session_id
FROM sessions
WHERE notEmpty(login_ids)
COMMENT 'Who logged in: one row per human act, from the best evidence. Where nothing is recorded it is inferred: the first request of a session key (first-seen) or the first after a gap (idle-gap).'
