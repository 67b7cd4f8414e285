-- title: Grants of the roles
-- question: What may the roles of AuditRadar do on this server?
SELECT DISTINCT
    role_name,
    toString(access_type) AS access_type,
    ifNull(database, '*') AS database,
    ifNull(table, '*') AS table,
    ifNull(column, '*') AS column,
    is_partial_revoke
FROM system.grants
WHERE startsWith(role_name, 'auditradar_')
ORDER BY ALL
