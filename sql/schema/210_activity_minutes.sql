-- activity with its aggregate states finished: one row per session key and minute, whatever merges have happened. Requests that only an
-- aggregated server logged belong here; copies of what kube-apiserver logged, with their wrong address, do not.
CREATE OR REPLACE VIEW activity_minutes
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor LowCardinality(String) COMMENT 'Who acted; with impersonation the real actor.',
    key_credential String COMMENT 'Credential part of the session key: the certificate fingerprint, the AWS access key id, else empty.',
    key_ip LowCardinality(String) COMMENT 'Address part of the session key: the client address; empty where the credential alone is the key.',
    minute DateTime('UTC') COMMENT 'Minute in which the requests were received.',
    actor_kind SimpleAggregateFunction(max, String) COMMENT 'Kind of the actor; see events.',
    first SimpleAggregateFunction(min, Tuple(at DateTime64(6, 'UTC'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String)) COMMENT 'The first request of the minute: when, and what it showed.',
    last SimpleAggregateFunction(max, Tuple(at DateTime64(6, 'UTC'), audit_id String)) COMMENT 'The latest moment at which a request of this minute was alive (its last stage), and that request.',
    requests UInt64 COMMENT 'Distinct requests.',
    writes UInt64 COMMENT 'Distinct requests that change something; see is_write.',
    denied UInt64 COMMENT 'Distinct requests refused by authorization; see is_denied.',
    clients Array(String) COMMENT 'Programs seen.',
    addresses Array(String) COMMENT 'Client addresses seen.',
    credentials Array(String) COMMENT 'Credential ids seen; a token id changes at every refresh.',
    acting_as Array(String) COMMENT 'Impersonated users.'
)
AS
SELECT
    cluster,
    actor,
    key_credential,
    key_ip,
    minute,
    max(activity.actor_kind) AS actor_kind,
    min(activity.first) AS first,
    max(activity.last) AS last,
    uniqExactMerge(activity.requests) AS requests,
    uniqExactMerge(activity.writes) AS writes,
    uniqExactMerge(activity.denied) AS denied,
    arraySort(groupUniqArrayArray(activity.clients)) AS clients,
    arraySort(groupUniqArrayArray(activity.addresses)) AS addresses,
    arraySort(groupUniqArrayArray(activity.credentials)) AS credentials,
    arraySort(groupUniqArrayArray(activity.acting_as)) AS acting_as
FROM
(
    SELECT *
    FROM activity
    UNION ALL
    SELECT
        cluster,
        person_of(forwarded_requests.actor) AS actor,
        key_credential_of(credential_kind, credential_id) AS key_credential,
        key_ip_of(credential_kind, credential_id, client_ip) AS key_ip,
        toStartOfMinute(requested_at) AS minute,
        toString(actor_kind) AS actor_kind,
        CAST(
            tuple(
                requested_at,
                audit_id,
                toString(user_agent),
                toString(method_of(user_agent, credential_kind)),
                toString(client_ip),
                toString(client_ip_evidence),
                toString(credential_kind),
                credential_id),
            'Tuple(at DateTime64(6, \'UTC\'), audit_id String, user_agent String, method String, client_ip String, client_ip_evidence String, credential_kind String, credential_id String)') AS first,
        CAST(tuple(stage_at, audit_id), 'Tuple(at DateTime64(6, \'UTC\'), audit_id String)') AS last,
        initializeAggregation('uniqExactState', request_hash_of(component, audit_id, requested_at)) AS requests,
        initializeAggregation('uniqExactIfState', request_hash_of(component, audit_id, requested_at), is_write) AS writes,
        initializeAggregation('uniqExactIfState', request_hash_of(component, audit_id, requested_at), is_denied) AS denied,
        arrayFilter(text -> text != '', [toString(client_of(user_agent))]) AS clients,
        arrayFilter(text -> text != '', [toString(client_ip)]) AS addresses,
        arrayFilter(text -> text != '', [credential_id]) AS credentials,
        arrayFilter(text -> text != '', [toString(impersonated_user)]) AS acting_as
    FROM forwarded_requests FINAL
    WHERE component != 'kube-apiserver'
        AND is_session_actor(forwarded_requests.actor_kind, user_agent)
        AND (cluster, audit_id, requested_at, component) NOT IN (
            SELECT
                cluster,
                audit_id,
                requested_at,
                component
            FROM copy_facts)
) AS activity
GROUP BY
    cluster,
    actor,
    key_credential,
    key_ip,
    minute
COMMENT 'Activity per session key and minute, ready to read.'
