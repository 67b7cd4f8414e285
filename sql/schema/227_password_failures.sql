-- A wrong password that the OAuth server and the identity provider both recorded within 30 s for the same person is one attempt, told by the OAuth
-- server. What the provider alone recorded stands for itself.
CREATE OR REPLACE VIEW password_failures
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    evidence_id String COMMENT 'Refusal at the oauth-server.',
    told_by String COMMENT 'Line of the identity provider that tells the same refusal.'
)
AS
WITH
    multiIf(
        dateDiff('microsecond', before.at, lines.at) <= 30000000, before.evidence_id,
        dateDiff('microsecond', lines.at, after.at) BETWEEN 0 AND 30000000, after.evidence_id,
        '') AS teller
SELECT
    lines.cluster AS cluster,
    lines.evidence_id AS evidence_id,
    max(teller) AS told_by
FROM
(
    SELECT
        cluster,
        at,
        evidence_id,
        arrayJoin(arrayDistinct(arrayMap(name -> person_key_of(name), arrayPushFront(names, actor)))) AS person_key
    FROM auth_facts
    WHERE kind = 'idp-failure'
        AND actor != ''
) AS lines
ASOF LEFT JOIN
(
    SELECT
        cluster,
        at,
        min(evidence_id) AS evidence_id,
        person_key_of(actor) AS person_key
    FROM auth_facts
    WHERE kind = 'denied'
    GROUP BY
        cluster,
        at,
        person_key
) AS before ON before.cluster = lines.cluster AND before.person_key = lines.person_key AND lines.at >= before.at
ASOF LEFT JOIN
(
    SELECT
        cluster,
        at,
        min(evidence_id) AS evidence_id,
        person_key_of(actor) AS person_key
    FROM auth_facts
    WHERE kind = 'denied'
    GROUP BY
        cluster,
        at,
        person_key
) AS after ON after.cluster = lines.cluster AND after.person_key = lines.person_key AND lines.at <= after.at
GROUP BY
    cluster,
    evidence_id
COMMENT 'Lines of identity providers about wrong passwords, and the record of the OAuth server that tells the same attempt; empty where there is none.'
