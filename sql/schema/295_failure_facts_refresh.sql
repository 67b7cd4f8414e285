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
    facts.at AS attempted_at,
    facts.cluster AS cluster,
    facts.platform AS platform,
    facts.actor AS actor,
    transform(toString(facts.kind), ['denied', 'error', 'idp-failure'], ['bad-password', 'idp-error', 'idp-denied'], '') AS class,
    if(method_of_client_name(facts.client_name) NOT IN ('', 'other'), method_of_client_name(facts.client_name), method_of(facts.user_agent, 'unknown')) AS method,
    facts.client_ip AS client_ip,
    facts.client_ip_evidence AS client_ip_evidence,
    facts.user_agent AS user_agent,
    facts.target AS target,
    multiIf(facts.reason != '', facts.reason, facts.kind = 'denied', 'wrong password', toString(facts.decision)) AS reason,
    if(facts.component = 'oauth-server', 'oauth-server', 'idp') AS evidence,
    arrayPushFront(arraySort(same.evidence_ids), facts.evidence_id) AS evidence_ids,
    facts.component AS component,
    facts.batch_id AS batch_id,
    '' AS refusal_id,
    toDateTime64(0, 6, 'UTC') AS refusal_at
FROM auth_facts AS facts
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
) AS same ON same.cluster = facts.cluster AND same.told_by = facts.evidence_id
WHERE facts.kind IN ('denied', 'error', 'idp-failure')
    AND (facts.cluster, facts.evidence_id) NOT IN (
        SELECT
            cluster,
            evidence_id
        FROM password_failures
        WHERE told_by != '')
