-- title: Names tried
-- question: Which user names were tried. Only an identity provider, OpenShift's OAuth server or IAM records the name; an API server never does, so this is empty where they are not loaded.
-- empty: No source that records names was loaded: an API server's 401 names nobody.
SELECT
    toString(actor) AS actor,
    count() AS attempts,
    uniqExact(client_ip) AS addresses_count,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(client_ip))), ', ') AS addresses,
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
