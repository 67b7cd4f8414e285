-- After the facts; see failed_attempts.
CREATE MATERIALIZED VIEW IF NOT EXISTS failure_facts_refresh
REFRESH EVERY 1 MINUTE DEPENDS ON auth_facts_refresh TO failure_facts
EMPTY
AS
SELECT
    first_at AS attempted_at,
    lookups.cluster AS cluster,
    lookups.platform AS platform,
    if(kind = 'iam-denied', said_actor, tokens.actor) AS actor,
    if(kind = 'iam-denied', 'iam-denied', 'unknown-or-expired-token') AS class,
    method_of(user_agent, 'unknown') AS method,
    if(kind = 'iam-denied', lookups.client_ip, '') AS client_ip,
    if(kind = 'iam-denied', lookups.client_ip_evidence, '') AS client_ip_evidence,
    if(kind = 'iam-denied', lookups.user_agent, '') AS user_agent,
    lookups.target AS target,
    if(
        kind = 'iam-denied',
        said_reason,
        reason_of_dead_token(
            tokens.actor,
            end_of_token(tokens.actor, tokens.deleted_at, tokens.deleted_by, tokens.expires_at, tokens.inactive_at),
            if(refusal_id != '', greatest(refusal_at, first_at), first_at))) AS reason,
    if(kind = 'iam-denied', 'iam', 'oauth-token') AS evidence,
    lookups.evidence_ids AS evidence_ids,
    lookups.component AS component,
    lookups.batch_id AS batch_id,
    refusal_id,
    refusal_at
FROM lookup_failures AS lookups
LEFT JOIN tokens ON tokens.cluster = lookups.cluster AND tokens.credential_id = lookups.credential_id
UNION ALL
SELECT
    record.at AS attempted_at,
    record.cluster AS cluster,
    record.platform AS platform,
    record.actor AS actor,
    transform(toString(record.kind), ['denied', 'error', 'idp-failure'], ['bad-password', 'idp-error', 'idp-denied'], '') AS class,
    if(method_of_client_name(record.client_name) NOT IN ('', 'other'), method_of_client_name(record.client_name), method_of(record.user_agent, 'unknown')) AS method,
    record.client_ip AS client_ip,
    record.client_ip_evidence AS client_ip_evidence,
    record.user_agent AS user_agent,
    record.target AS target,
    multiIf(record.reason != '', record.reason, record.kind = 'denied', 'wrong password', toString(record.decision)) AS reason,
    if(record.component = 'oauth-server', 'oauth-server', 'idp') AS evidence,
    arrayPushFront(arraySort(same.evidence_ids), record.evidence_id) AS evidence_ids,
    record.component AS component,
    record.batch_id AS batch_id,
    '' AS refusal_id,
    toDateTime64(0, 6, 'UTC') AS refusal_at
FROM auth_facts AS record
LEFT JOIN
(
    SELECT
        cluster,
        told_by,
        groupArray(evidence_id) AS evidence_ids
    FROM password_failures
    WHERE told_by != ''
    GROUP BY
        cluster,
        told_by
) AS same ON same.cluster = record.cluster AND same.told_by = record.evidence_id
WHERE record.kind IN ('denied', 'error', 'idp-failure')
    AND (record.cluster, record.evidence_id) NOT IN (
        SELECT
            cluster,
            evidence_id
        FROM password_failures
        WHERE told_by != '')
