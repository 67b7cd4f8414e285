-- title: Names tried
-- question: Which names were tried, how and from where. The oauth-server, identity providers and IAM record the name as it was typed; a name tried need not exist. An API server's 401 names nobody and is not here.
-- empty: No source that records names was loaded: an API server's 401 names nobody.
-- next: who
SELECT
    toString(actor) AS actor,
    count() AS attempts,
    uniqExact(client_ip) AS addresses_count,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(client_ip))), ', ') AS addresses,
    arrayStringConcat(arraySort(groupUniqArray(toString(class))), ', ') AS classes,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(reason))), ', ') AS reasons,
    min(attempted_at) AS first_at,
    max(attempted_at) AS last_at
FROM failed_attempts
WHERE actor != ''
    AND $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY actor
ORDER BY attempts DESC
LIMIT 100
