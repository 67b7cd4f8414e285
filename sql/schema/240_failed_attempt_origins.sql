-- A machine with an expired token knocks at one door for ever; a person tries a few times; a scan tries many doors.
CREATE OR REPLACE VIEW failed_attempt_origins
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
    evidence_ids Array(String) COMMENT 'auditIDs of the first hundred attempts.',
    origin String COMMENT 'A guess at who is behind the burst: scan, person or machine.'
)
AS
SELECT
    *,
    multiIf(
        distinct_targets >= 4, 'scan',
        client IN (
            SELECT client
            FROM client_rules
            WHERE interactive) OR attempts < 5, 'person',
        'machine') AS origin
FROM failed_attempt_bursts
COMMENT 'Bursts with a guess at who is behind them, by what they did: scan (four targets or more), person (a program for people, or fewer than five attempts), machine (the rest).'
