CREATE OR REPLACE VIEW key_minutes
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'Who acted; with impersonation the real actor.',
    key_credential String COMMENT 'Credential part of the session key; see activity.',
    key_ip String COMMENT 'Address part of the session key; see activity.',
    actor_kind String COMMENT 'Kind of the actor; see events.',
    first_seen_at DateTime64(6, 'UTC') COMMENT 'First moment ever of this key.',
    minutes Array(Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String), Tuple(at DateTime64(6, 'UTC'), audit_id String), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String))) COMMENT 'Activity of the key that no recorded session owns, in order of time; as in session_keys.',
    endings Array(String) COMMENT 'auditIDs of those requests that only ended a session.'
)
AS
SELECT
    cluster,
    toString(actor) AS actor,
    key_credential,
    toString(key_ip) AS key_ip,
    actor_kind,
    minutes[1].1 AS first_seen_at,
    minutes,
    emptyArrayString() AS endings
FROM session_keys
WHERE key_credential != ''
    OR (cluster, actor) NOT IN (
        SELECT
            cluster,
            actor
        FROM recorded_activity)
UNION ALL
SELECT
    cluster,
    actor,
    '' AS key_credential,
    key_ip,
    actor_kind,
    first_seen_at,
    slices AS minutes,
    endings
FROM recorded_activity
WHERE owner = ''
COMMENT 'Activity that no recorded session owns, one row per session key.'
