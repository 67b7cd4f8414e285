-- A machine with an expired token knocks at one door for ever; a person tries a few times; a scan tries many doors.
CREATE OR REPLACE VIEW failed_attempt_origins AS
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
