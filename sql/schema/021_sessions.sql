-- Filled by sessions_refresh; see sessions_with_gap for the rule.
CREATE TABLE IF NOT EXISTS sessions
(
    session_id String COMMENT 'Deterministic: hash of the session key and started_at.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform LowCardinality(String) COMMENT 'Platform of the cluster; see clusters.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    actor_kind LowCardinality(String) COMMENT 'human, or service-account used with an interactive client.',
    credential_kind LowCardinality(String) COMMENT 'Kind of the credential of the first request.',
    credential_id String COMMENT 'Credential id of the first request, the platform''s own text; empty where the platform gives none.',
    credentials Array(String) COMMENT 'All credential ids seen: token ids change at every refresh.',
    client_ip String COMMENT 'Client address of the first request; empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    addresses Array(String) COMMENT 'All client addresses seen; more than one only where the credential alone is the key.',
    user_agent String COMMENT 'User agent of the first request.',
    method LowCardinality(String) COMMENT 'How the person came in: by the OAuth client where one is recorded, else by the client of the first request, a hint.',
    client_name LowCardinality(String) COMMENT 'OAuth client; empty where no recorded login names one.',
    provider LowCardinality(String) COMMENT 'Identity provider; empty where no recorded login names one.',
    clients Array(LowCardinality(String)) COMMENT 'Programs seen.',
    acting_as Array(String) COMMENT 'Users impersonated in the session.',
    started_at DateTime64(6, 'UTC') COMMENT 'The recorded login, or the first moment of activity.',
    last_seen_at DateTime64(6, 'UTC') COMMENT 'Last moment of activity: the last stage of the last living request, or the last validation of the token; not after a recorded end.',
    ended_at Nullable(DateTime64(6, 'UTC')) COMMENT 'Recorded or computed end; last_seen_at for idle; NULL while open.',
    end_reason LowCardinality(String) COMMENT 'logout, revoked, expired, idle or open. Open is judged against the newest event of the cluster.',
    ended_by LowCardinality(String) COMMENT 'Who ended it, where somebody did; else empty.',
    duration_seconds Float64 COMMENT 'ended_at or last_seen_at minus started_at, in seconds.',
    requests UInt64 COMMENT 'Distinct requests.',
    writes UInt64 COMMENT 'Distinct requests that change something.',
    denied UInt64 COMMENT 'Distinct requests refused by authorization.',
    evidence LowCardinality(String) COMMENT 'oauth-token, oauth-server, idp or iam where the platform recorded it; first-seen (the first session of this key) or idle-gap.',
    confidence LowCardinality(String) COMMENT 'recorded (the platform said so) or inferred.',
    login_at DateTime64(6, 'UTC') COMMENT 'Moment of the login that began it.',
    login_ids Array(String) COMMENT 'Evidence of the login, the decisive first; empty where a token was made without one (silent single sign-on, the second token of a login).',
    first_audit_id String COMMENT 'The decisive evidence of the start: auditID, or the id of a line (line:…).',
    last_audit_id String COMMENT 'The decisive evidence of the end: the record of it, or the request that was alive last.',
    end_ids Array(String) COMMENT 'Evidence of the end, the decisive first.'
)
ENGINE = MergeTree
ORDER BY (cluster, started_at, actor, session_id)
COMMENT 'Sessions of recorded logins, and of activity alone cut where nothing is seen for longer than session_gap; refreshed.'
