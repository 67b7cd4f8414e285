-- Filled by recorded_activity_refresh; see owned_slices for the rule.
CREATE TABLE IF NOT EXISTS recorded_activity
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'The person, as the cluster names them.',
    owner String COMMENT 'Presence whose session the activity is; empty where no recorded session owns it.',
    key_ip String COMMENT 'Address of the activity.',
    actor_kind LowCardinality(String) COMMENT 'Kind of the actor; see events.',
    first_seen_at DateTime64(6, 'UTC') COMMENT 'First moment ever of this person at this address.',
    slices Array(Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String), Tuple(at DateTime64(6, 'UTC'), audit_id String), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String))) COMMENT 'Activity in order of time, as in session_keys: whole minutes, and single requests in the minutes in which a recorded session begins or ends.',
    endings Array(String) COMMENT 'auditIDs of those requests that ended a session of this person.'
)
ENGINE = MergeTree
ORDER BY (cluster, actor, owner, key_ip)
COMMENT 'Activity of people with recorded sessions, by the session that owns it; refreshed.'
