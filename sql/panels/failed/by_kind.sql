-- title: By class
-- question: What was refused: a password, a dead token, a principal of the cloud, a person at the identity provider, or a credential of which the API server says nothing more (bad-credential). Storms of machines count too.
-- empty: Nobody failed.
-- next: failed/feed
SELECT
    toString(class) AS class,
    count() AS attempts
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY class
ORDER BY attempts DESC
LIMIT 10
