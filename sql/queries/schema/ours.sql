-- title: Objects that AuditRadar made
-- question: What in this database may an upgrade remove?
SELECT DISTINCT object
FROM schema_log
WHERE object != ''
