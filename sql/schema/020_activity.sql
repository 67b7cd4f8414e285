-- Per session key and minute; a minute is shorter than any allowed gap and first and last are exact, so sessions cut from these rows
-- equal sessions cut from the events. Every aggregate is idempotent: loading the same events again changes nothing.
CREATE TABLE IF NOT EXISTS activity
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    key_credential String COMMENT 'Credential part of the session key: the certificate fingerprint, the AWS access key id, else empty.',
    key_ip LowCardinality(String) COMMENT 'Address part of the session key: the client address; empty where the credential alone is the key.',
    minute DateTime('UTC') COMMENT 'Minute in which the requests were received.' CODEC(Delta(4), ZSTD(1)),
    actor_kind SimpleAggregateFunction(max, String) COMMENT 'Kind of the actor; see events.',
    first SimpleAggregateFunction(min, Tuple(
        at DateTime64(6, 'UTC'),
        audit_id String,
        user_agent String,
        method String,
        client_ip String,
        client_ip_evidence String,
        credential_kind String,
        credential_id String)) COMMENT 'The first request of the minute: when, and what it showed.',
    last SimpleAggregateFunction(max, Tuple(
        at DateTime64(6, 'UTC'),
        audit_id String)) COMMENT 'The latest moment at which a request of this minute was alive (its last stage), and that request.',
    requests AggregateFunction(uniqExact, UInt64) COMMENT 'Distinct requests.',
    writes AggregateFunction(uniqExact, UInt64) COMMENT 'Distinct requests that change something; see is_write.',
    denied AggregateFunction(uniqExact, UInt64) COMMENT 'Distinct requests refused by authorization; see is_denied.',
    clients SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Programs seen.',
    addresses SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Client addresses seen.',
    credentials SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Credential ids seen; a token id changes at every refresh.',
    acting_as SimpleAggregateFunction(groupUniqArrayArray, Array(String)) COMMENT 'Impersonated users.'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (cluster, actor, key_credential, key_ip, minute)
SETTINGS non_replicated_deduplication_window = 10000
COMMENT 'Activity of people, and of service accounts that people use, per session key and minute.'
