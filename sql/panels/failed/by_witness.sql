-- title: Who says so
-- question: Which log tells of the attempts. The API server alone names nobody; the oauth-server, an identity provider and IAM know the name that was tried, a look-up of a dead token its owner.
-- empty: Nobody failed.
-- next: failed/names
SELECT
    toString(evidence) AS evidence,
    countIf(actor != '') AS named,
    countIf(actor = '') AS nameless
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY evidence
ORDER BY count() DESC
LIMIT 8
