-- A token whose creation was not recorded (its log is older than the store) still begins when a record of it says that it was made.
CREATE OR REPLACE VIEW tokens
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    credential_id String COMMENT 'Name of the token.',
    actor String COMMENT 'Its owner; empty where no record names one.',
    platform String COMMENT 'Platform that the records show.',
    client_name String COMMENT 'OAuth client it was made for; empty where none is named.',
    started_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When it was made; NULL where no record says so.',
    start_id String COMMENT 'Evidence of that.',
    deleted_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When it was deleted first; NULL if it was not.',
    deleted_by String COMMENT 'Who deleted it; kubeadmin as kube:admin.',
    expires_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When it ends by its lifetime; NULL for never or unknown.',
    inactive_limit Nullable(DateTime64(6, 'UTC')) COMMENT 'When it ends for lack of use, as last updated; NULL without such a limit.',
    proved_alive_at DateTime64(6, 'UTC') COMMENT 'Last moment at which it was accepted: a validation, or its deletion by its owner; 1970 for none.',
    inactive_at Nullable(DateTime64(6, 'UTC')) COMMENT 'inactive_limit, unless the token was accepted after it: then the limit was raised and no record says so; recorded beats computed.',
    delete_id String COMMENT 'Evidence of the deletion.',
    limit_id String COMMENT 'Evidence of the limits: the last record that states one.',
    uses Array(Tuple(DateTime64(6, 'UTC'), DateTime64(6, 'UTC'), String)) COMMENT 'Minutes in which it was validated or refreshed: first moment, last moment, evidence of the last.'
)
AS
SELECT
    cluster,
    credential_id,
    argMinIf(toString(minutes.actor), minutes.named, minutes.actor != '') AS actor,
    argMin(toString(minutes.platform), minutes.first) AS platform,
    argMinIf(toString(minutes.client_name), minutes.named, minutes.client_name != '') AS client_name,
    coalesce(minOrNullIf(minutes.made.1, minutes.made.2 != ''), minOrNullIf(minutes.stated.1, minutes.stated.2 != '')) AS started_at,
    if(
        countIf(minutes.made.2 != '') > 0,
        minIf(minutes.made, minutes.made.2 != '').2,
        minIf(minutes.stated, minutes.stated.2 != '').2) AS start_id,
    minOrNullIf(minutes.deleted.1, minutes.deleted.2 != '') AS deleted_at,
    minIf(minutes.deleted, minutes.deleted.2 != '').3 AS deleted_by,
    max(minutes.expires_at) AS expires_at,
    max(minutes.inactive_at) AS inactive_limit,
    greatest(
        maxIf(minutes.used.2, minutes.used.3 != ''),
        if(deleted_by = actor, coalesce(deleted_at, toDateTime64(0, 6, 'UTC')), toDateTime64(0, 6, 'UTC'))) AS proved_alive_at,
    if(coalesce(inactive_limit < proved_alive_at, false), NULL, inactive_limit) AS inactive_at,
    minIf(minutes.deleted, minutes.deleted.2 != '').2 AS delete_id,
    maxIf(minutes.limited, minutes.limited.2 != '').2 AS limit_id,
    arraySort(groupArrayIf(minutes.used, minutes.used.3 != '')) AS uses
FROM
(
    SELECT
        cluster,
        credential_id,
        toStartOfMinute(at) AS minute,
        min(auth_facts.at) AS first,
        argMinIf(auth_facts.actor, tuple(auth_facts.at, evidence_id), auth_facts.actor != '') AS actor,
        argMinIf(auth_facts.client_name, tuple(auth_facts.at, evidence_id), auth_facts.client_name != '') AS client_name,
        min(tuple(auth_facts.at, evidence_id)) AS named,
        argMin(auth_facts.platform, tuple(auth_facts.at, evidence_id)) AS platform,
        minIf(tuple(auth_facts.at, evidence_id), kind = 'token-created') AS made,
        minIf(tuple(assumeNotNull(auth_facts.created_at), evidence_id), auth_facts.created_at IS NOT NULL) AS stated,
        minIf(tuple(auth_facts.at, evidence_id, person_of(toString(by))), kind = 'token-deleted') AS deleted,
        max(auth_facts.expires_at) AS expires_at,
        max(auth_facts.inactive_at) AS inactive_at,
        maxIf(tuple(auth_facts.at, evidence_id), auth_facts.expires_at IS NOT NULL OR auth_facts.inactive_at IS NOT NULL) AS limited,
        tuple(
            minIf(auth_facts.at, kind IN ('token-used', 'token-refreshed')),
            maxIf(auth_facts.at, kind IN ('token-used', 'token-refreshed')),
            argMaxIf(evidence_id, tuple(auth_facts.at, evidence_id), kind IN ('token-used', 'token-refreshed'))) AS used
    FROM auth_facts
    WHERE credential_id != ''
        AND kind IN ('token-created', 'token-used', 'token-refreshed', 'token-deleted')
        AND code < 400
        AND is_api_server(component)
    GROUP BY
        cluster,
        credential_id,
        minute
) AS minutes
GROUP BY
    cluster,
    credential_id
COMMENT 'OAuth tokens by what the platform recorded of them: made, used, refreshed, deleted, and when they end by themselves.'
