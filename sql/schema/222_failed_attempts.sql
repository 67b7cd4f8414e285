CREATE OR REPLACE VIEW failed_attempts AS
SELECT *
FROM refusals
FINAL
COMMENT 'Refused authentications, one row per request: storms of one machine stay as they were, failed_attempt_bursts groups them. A known user refused by authorization is in denied_requests, never here.'
