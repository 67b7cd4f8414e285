CREATE OR REPLACE VIEW presence_moments
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'The person, as the cluster names them.',
    presence_id String COMMENT 'Token or login; see presences.',
    slices Array(Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String), Tuple(at DateTime64(6, 'UTC'), audit_id String), UInt64, UInt64, UInt64, Array(String), Array(String), Array(String), Array(String))) COMMENT 'Moments in the form of session_keys; those without a request count none.'
)
AS
SELECT
    cluster,
    actor,
    owner AS presence_id,
    slices
FROM recorded_activity
WHERE owner != ''
UNION ALL
SELECT
    cluster,
    actor,
    presence_id,
    arrayMap(
        used -> tuple(
            used.1,
            used.2,
            CAST(tuple(used.1, used.3, '', '', '', '', '', ''), 'Tuple(at DateTime64(6, \'UTC\'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String)'),
            CAST(tuple(used.2, used.3), 'Tuple(at DateTime64(6, \'UTC\'), audit_id String)'),
            toUInt64(0),
            toUInt64(0),
            toUInt64(0),
            emptyArrayString(),
            emptyArrayString(),
            emptyArrayString(),
            emptyArrayString()),
        arrayPushFront(
            arrayFilter(used -> used.1 >= started_at, uses),
            tuple(started_at, started_at, start_ids[1]))) AS slices
FROM presences
COMMENT 'Everything that keeps a recorded session alive: its start, the validations of its token, the activity that it owns.'
