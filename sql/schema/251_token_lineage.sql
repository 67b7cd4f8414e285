-- A pod that is started again has a new token and a new address: that is no news. A token that turns up where neither it nor its service account has
-- been before is, and so is one that a person had made and that is used where the workload never was.
CREATE OR REPLACE VIEW token_lineage
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    credential_id String COMMENT 'JTI=… of the token.',
    service_account LowCardinality(String) COMMENT 'Whose token it is.',
    issued_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When it was issued; NULL where no TokenRequest names it.',
    issued_by String COMMENT 'Who asked for it; empty where no TokenRequest names it.',
    issued_from String COMMENT 'Address that asked for it.',
    issued_with String COMMENT 'User agent that asked for it.',
    expires_at Nullable(DateTime64(6, 'UTC')) COMMENT 'End of its lifetime; NULL where the audit level hides the answer.',
    client_ip String COMMENT 'Address that used it; empty when it was never used.',
    clients Array(String) COMMENT 'Programs that used it from there.',
    first_used_at Nullable(DateTime64(6, 'UTC')) COMMENT 'First use from there; NULL when it was never used.',
    last_used_at Nullable(DateTime64(6, 'UTC')) COMMENT 'Last use from there; NULL when it was never used.',
    minutes_used UInt64 COMMENT 'Distinct minutes with a use from there.',
    new_address Bool COMMENT 'The service account had been used before, but never from this address.',
    elsewhere Bool COMMENT 'A new address that is not the first one of this token, or of a token that a person had made.',
    evidence_ids Array(String) COMMENT 'auditIDs of the first use from there and of the issue.'
)
AS
SELECT
    if(used.credential_id = '', issued.cluster, used.cluster) AS cluster,
    if(used.credential_id = '', issued.credential_id, used.credential_id) AS credential_id,
    if(used.credential_id = '', toString(issued.issued_to), toString(used.actor)) AS service_account,
    if(issued.credential_id = '', NULL, toNullable(issued.at)) AS issued_at,
    toString(issued.by) AS issued_by,
    toString(issued.client_ip) AS issued_from,
    toString(issued.user_agent) AS issued_with,
    issued.expires_at AS expires_at,
    toString(used.client_ip) AS client_ip,
    used.clients AS clients,
    if(used.credential_id = '', NULL, toNullable(used.first_at)) AS first_used_at,
    if(used.credential_id = '', NULL, toNullable(used.last_at)) AS last_used_at,
    used.minutes_used AS minutes_used,
    used.credential_id != '' AND used.is_new AS new_address,
    new_address AND client_ip != '' AND (used.first_at > used.token_first_at OR actor_kind(issued.by) = 'human') AS elsewhere,
    arrayFilter(id -> id != '', [used.first_id, issued.evidence_id]) AS evidence_ids
FROM
(
    SELECT
        cluster,
        actor,
        credential_id,
        client_ip,
        first_at,
        first_id,
        last_at,
        minutes_used,
        clients,
        min(first_at) OVER (PARTITION BY cluster, actor, credential_id) AS token_first_at,
        first_at = min(first_at) OVER (PARTITION BY cluster, actor, client_ip)
            AND first_at > min(first_at) OVER (PARTITION BY cluster, actor) AS is_new
    FROM
    (
        SELECT
            cluster,
            actor,
            credential_id,
            client_ip,
            min(first).1 AS first_at,
            min(first).2 AS first_id,
            toDateTime64(max(token_uses.last_used_at), 6, 'UTC') AS last_at,
            uniqExactMerge(minutes) AS minutes_used,
            arraySort(groupUniqArrayArray(token_uses.clients)) AS clients
        FROM token_uses
        GROUP BY
            cluster,
            actor,
            credential_id,
            client_ip
    )
) AS used
FULL JOIN
(
    SELECT
        cluster,
        credential_id,
        issued_to,
        at,
        by,
        client_ip,
        user_agent,
        expires_at,
        evidence_id
    FROM auth_records FINAL
    WHERE kind = 'token-issued'
        AND credential_id != ''
) AS issued ON issued.cluster = used.cluster AND issued.credential_id = used.credential_id
COMMENT 'Who had which service account token made, and where it was used: one row per token and address.'
