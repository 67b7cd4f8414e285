-- title: Lines of identity providers and proxies
-- question: What else than audit events was loaded: facts of identity providers, the oauth-server and IAM, connections of routers. A component that falls silent before the others leaves logins without a record, or without an address.
-- empty: Nothing but audit events of API servers was loaded.
-- next: logins/blind_spots
SELECT
    cluster,
    component,
    what,
    records,
    first_at,
    last_at
FROM
(
    SELECT
        cluster,
        toString(component) AS component,
        'authentication' AS what,
        count() AS records,
        min(at) AS first_at,
        max(at) AS last_at
    FROM auth_records
    WHERE at BETWEEN $__fromTime_ms AND $__toTime_ms
        AND component != 'kube-apiserver'
    GROUP BY
        cluster,
        component
    UNION ALL
    SELECT
        cluster,
        toString(system),
        'access',
        count(),
        min(accepted_at),
        max(accepted_at)
    FROM access_records
    WHERE accepted_at BETWEEN $__fromTime_ms AND $__toTime_ms
    GROUP BY
        cluster,
        system
)
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY
    cluster,
    component
LIMIT 100
