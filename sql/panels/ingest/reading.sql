-- title: Who read the audit log
-- question: Every statement sent to the front of serve, newest first, secrets redacted. Reader is proved by password or token; for whom is what the client claims, such as Grafana's user. Refused logins have no statement.
-- empty: Nobody asked anything by way of serve.
SELECT
    at,
    reader,
    on_behalf_of,
    audit_access.client_ip AS client_ip,
    outcome,
    audit_access.rows AS rows,
    duration_seconds,
    reason,
    statement,
    user_agent
FROM audit_access
WHERE $__timeFilter_ms(at)
ORDER BY at DESC
LIMIT 200
