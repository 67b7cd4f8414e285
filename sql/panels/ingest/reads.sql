-- title: Questions to the audit log
-- question: Statements that readers sent to the front of serve in the range, and those that were refused or failed. What people read straight from a ClickHouse server is in its query log and the view server_reads, not here.
-- next: ingest/reading
SELECT
    count() AS asked,
    countIf(outcome = 'refused') AS refused,
    countIf(outcome = 'error') AS failed
FROM audit_access
WHERE $__timeFilter_ms(at)
