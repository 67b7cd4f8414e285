-- Look-ups of tokens that are not there, and refusals of IAM, each with the 401 it explains: the last one no more than 2 s before it, else the first no
-- more than 2 s after it (clocks of several servers differ; IAM writes whole seconds).
CREATE OR REPLACE VIEW unanswered_lookups AS
SELECT
    facts.cluster AS cluster,
    facts.* EXCEPT (cluster),
    multiIf(
        dateDiff('microsecond', before.refused_at, facts.at) <= 2000000, before.refused_at,
        dateDiff('microsecond', facts.at, after.refused_at) BETWEEN 0 AND 2000000, after.refused_at,
        toDateTime64(0, 6, 'UTC')) AS refusal_at,
    multiIf(
        dateDiff('microsecond', before.refused_at, facts.at) <= 2000000, before.refused_id,
        dateDiff('microsecond', facts.at, after.refused_at) BETWEEN 0 AND 2000000, after.refused_id,
        '') AS refusal_id
FROM
(
    SELECT *
    FROM auth_facts
    WHERE kind IN ('token-missing', 'iam-denied')
) AS facts
ASOF LEFT JOIN
(
    SELECT
        cluster,
        attempted_at AS refused_at,
        min(evidence_ids[1]) AS refused_id
    FROM refusals
    FINAL
    WHERE class = 'bad-credential'
        AND component != 'oauth-server'
    GROUP BY
        cluster,
        refused_at
) AS before ON before.cluster = facts.cluster AND facts.at >= before.refused_at
ASOF LEFT JOIN
(
    SELECT
        cluster,
        attempted_at AS refused_at,
        min(evidence_ids[1]) AS refused_id
    FROM refusals
    FINAL
    WHERE class = 'bad-credential'
        AND component != 'oauth-server'
    GROUP BY
        cluster,
        refused_at
) AS after ON after.cluster = facts.cluster AND facts.at <= after.refused_at
COMMENT 'Records of a credential that was not accepted, and the 401 that each explains.'
