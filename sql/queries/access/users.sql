-- title: Roles of users
-- question: Who has which role of AuditRadar on this server?
SELECT
    ifNull(user_name, '') AS user,
    granted_role_name
FROM system.role_grants
WHERE startsWith(granted_role_name, 'auditradar_')
ORDER BY ALL
