-- activity, a row per request instead of one per minute, for the keys that recorded logins can own. Read only for the minutes in which a recorded
-- session begins or ends, so that a request is counted on the right side of that moment.
CREATE TABLE IF NOT EXISTS instants
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    minute DateTime('UTC') COMMENT 'Minute in which the request was received.' CODEC(Delta(4), ZSTD(1)),
    key_ip LowCardinality(String) COMMENT 'Address part of the session key: the client address.',
    request UInt64 COMMENT 'Identity of the request; see request_hash_of.',
    component SimpleAggregateFunction(max, String) COMMENT 'API server that logged it.',
    first SimpleAggregateFunction(min, Tuple(
        at DateTime64(6, 'UTC'),
        audit_id String,
        user_agent String,
        method String,
        client_ip String,
        client_ip_evidence String,
        credential_kind String,
        credential_id String)) COMMENT 'The request: when it was received, and what it showed.',
    last SimpleAggregateFunction(max, Tuple(
        at DateTime64(6, 'UTC'),
        audit_id String)) COMMENT 'When it was alive last (its last stage), and its auditID.',
    writes SimpleAggregateFunction(max, UInt8) COMMENT 'Whether it changes something; see is_write.',
    denied SimpleAggregateFunction(max, UInt8) COMMENT 'Whether authorization refused it; see is_denied.',
    clients SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Program, where one is named.',
    addresses SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Client address, where it is known.',
    credentials SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Credential id, where the platform gives one.',
    acting_as SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Impersonated user, where there is one.'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (cluster, actor, minute, key_ip, request)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Requests of people whose credential does not name the session (OAuth and OIDC tokens), one row each.'
