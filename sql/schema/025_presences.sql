-- Filled by presences_refresh; what a person holds after a recorded login: a token, or, where none is recorded, the login itself.
CREATE TABLE IF NOT EXISTS presences
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'The person, as the cluster names them.',
    presence_id String COMMENT 'Name of the token, or the decisive evidence id of a login without one.',
    platform LowCardinality(String) COMMENT 'Platform that the records show.',
    credential_kind LowCardinality(String) COMMENT 'openshift-oauth for a token; else unknown.',
    credential_id String COMMENT 'Name of the token; empty for a login without one.',
    client_name String COMMENT 'OAuth client; empty where none is named.',
    provider String COMMENT 'Identity provider; empty where none is named.',
    method LowCardinality(String) COMMENT 'How the person came in, by the OAuth client; empty where none is named.',
    client_ip String COMMENT 'Address of the person by the best of the records; empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'Where that address comes from; see events.',
    hidden Bool COMMENT 'Whether that address is not the person''s; see is_hidden_address.',
    user_agent String COMMENT 'User agent of the login; empty where none is recorded.',
    evidence LowCardinality(String) COMMENT 'oauth-token, oauth-server or idp.',
    started_at DateTime64(6, 'UTC') COMMENT 'When the token was made or the login happened.',
    ended_at DateTime64(6, 'UTC') COMMENT 'Recorded or computed end; the year 2299 for none.',
    end_reason LowCardinality(String) COMMENT 'logout, revoked, expired, or open where no end is known.',
    ended_by String COMMENT 'Who ended it, where somebody did; else empty.',
    end_ids Array(String) COMMENT 'Evidence of the end; the first is decisive.',
    login_ids Array(String) COMMENT 'Evidence of the login, the decisive first; empty where there was none: silent single sign-on, or the second token of one login.',
    start_ids Array(String) COMMENT 'Evidence of the start: that of the login, else the record of the token.',
    uses Array(Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), String)) COMMENT 'Minutes in which the token was validated or refreshed: first moment, last moment, evidence of the last.'
)
ENGINE = MergeTree
ORDER BY (cluster, actor, started_at, presence_id)
COMMENT 'What recorded logins gave: tokens and logins without one, with their ends; refreshed from authentications.'
