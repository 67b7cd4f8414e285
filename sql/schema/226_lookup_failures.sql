-- All look-ups that one 401 caused are one attempt; without the 401, those of one token no more than 2 s after the first (each attempt makes two).
CREATE OR REPLACE VIEW lookup_failures
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    refusal_at DateTime64(6, 'UTC') COMMENT 'Moment of the 401 that the look-ups belong to.',
    refusal_id String COMMENT 'auditID of that 401; empty where none is known.',
    kind String COMMENT 'Kind of the first look-up; see authentications.',
    first_at DateTime64(6, 'UTC') COMMENT 'Moment of the first look-up.',
    said_actor String COMMENT 'Who the look-ups say the token belonged to; empty when they do not.',
    credential_id String COMMENT 'Name of the token that was presented.',
    platform String COMMENT 'Platform the event shows; see events.',
    client_ip String COMMENT 'Client address; see events.',
    client_ip_evidence String COMMENT 'Where that address comes from; see events.',
    user_agent String COMMENT 'User agent of the attempt.',
    target String COMMENT 'What was asked for, in words.',
    said_reason String COMMENT 'Why it failed, in the words of the look-ups; empty when they say nothing.',
    component String COMMENT 'API server that refused.',
    batch_id String COMMENT 'Batch that delivered the event.',
    evidence_ids Array(String) COMMENT 'auditIDs, or ids of lines (line:…), that were folded into the row; the first is decisive.'
)
AS
SELECT
    cluster,
    refusal_at,
    refusal_id,
    facts[1].kind AS kind,
    facts[1].at AS first_at,
    arrayFirst(fact -> fact.actor != '', facts).actor AS said_actor,
    facts[1].credential_id AS credential_id,
    facts[1].platform AS platform,
    facts[1].client_ip AS client_ip,
    facts[1].client_ip_evidence AS client_ip_evidence,
    facts[1].user_agent AS user_agent,
    facts[1].target AS target,
    arrayFirst(fact -> fact.reason != '', facts).reason AS said_reason,
    facts[1].component AS component,
    facts[1].batch_id AS batch_id,
    arrayDistinct(arrayMap(fact -> fact.evidence_id, facts)) AS evidence_ids
FROM
(
    SELECT
        cluster,
        refusal_at,
        refusal_id,
        arrayFilter((fact, attempt) -> attempt = chosen_attempt, all_facts, attempts) AS facts
    FROM
    (
        SELECT
            *,
            arrayJoin(arrayDistinct(attempts)) AS chosen_attempt
        FROM
        (
            SELECT
                *,
                if(
                    refusal_id != '',
                    arrayResize([toDateTime64(0, 6, 'UTC')], length(all_facts), toDateTime64(0, 6, 'UTC')),
                    arrayFold(
                        (found, fact) -> arrayPushBack(found, if(notEmpty(found) AND dateDiff('microsecond', found[-1], fact.at) <= 2000000, found[-1], fact.at)),
                        all_facts,
                        CAST([], 'Array(DateTime64(6, \'UTC\'))'))) AS attempts
            FROM
            (
                SELECT
                    cluster,
                    refusal_at,
                    refusal_id,
                    arraySort(groupArray(CAST(
                        tuple(at, evidence_id, kind, actor, credential_id, platform, client_ip, client_ip_evidence, user_agent, target, reason, component, batch_id),
                        'Tuple(at DateTime64(6, \'UTC\'), evidence_id String, kind String, actor String, credential_id String, platform String, client_ip String, client_ip_evidence String, user_agent String, target String, reason String, component String, batch_id String)'))) AS all_facts
                FROM unanswered_lookups
                GROUP BY
                    cluster,
                    refusal_at,
                    refusal_id,
                    if(refusal_id != '', '', if(kind = 'iam-denied', evidence_id, credential_id))
            )
        )
    )
)
COMMENT 'Attempts with a dead token or an unmapped principal.'
