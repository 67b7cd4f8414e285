-- Storms of one machine are one row here: same address, program and class with no pause of more than five minutes.
CREATE OR REPLACE VIEW failed_attempt_bursts
(
    started_at DateTime64(6, 'UTC') COMMENT 'First attempt of the burst.',
    ended_at DateTime64(6, 'UTC') COMMENT 'Last attempt of the burst.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    class LowCardinality(String) COMMENT 'bad-credential, bad-password, unknown-or-expired-token, anonymous-denied, iam-denied, idp-denied or idp-error.',
    client_ip LowCardinality(String) COMMENT 'Client address; see events.',
    client String COMMENT 'Program named by the user agent.',
    names_tried Array(String) COMMENT 'Names tried; empty where nobody can know.',
    attempts UInt64 COMMENT 'Attempts in the burst.',
    distinct_targets UInt64 COMMENT 'Different things that were asked for.',
    targets Array(String) COMMENT 'The first five of them, in words.',
    evidence_ids Array(String) COMMENT 'auditIDs of the first hundred attempts.'
)
AS
WITH
    arrayJoin(arraySplit(
        (attempt, index) -> index > 1 AND dateDiff('second', tries[index - 1].1, attempt.1) > 300,
        tries,
        arrayEnumerate(tries))) AS burst
SELECT
    burst[1].1 AS started_at,
    burst[-1].1 AS ended_at,
    cluster,
    class,
    client_ip,
    client,
    arraySort(arrayDistinct(arrayMap(attempt -> attempt.4, burst))) AS names_tried,
    toUInt64(length(burst)) AS attempts,
    length(arrayDistinct(arrayMap(attempt -> attempt.3, burst))) AS distinct_targets,
    arraySlice(arrayDistinct(arrayMap(attempt -> attempt.3, burst)), 1, 5) AS targets,
    arrayMap(attempt -> attempt.2, arraySlice(burst, 1, 100)) AS evidence_ids
FROM
(
    SELECT
        cluster,
        class,
        client_ip,
        client_of(user_agent) AS client,
        arraySort(groupArray(tuple(attempted_at, evidence_ids[1], target, toString(actor)))) AS tries
    FROM failed_attempts
    GROUP BY
        cluster,
        class,
        client_ip,
        client
)
COMMENT 'Failed attempts grouped into bursts of one address and program; evidence_ids holds the first 100.'
