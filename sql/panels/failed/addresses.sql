-- title: Addresses
-- question: How many addresses failed attempts came from. Attempts through a proxy that is not trusted show the proxy.
-- next: failed/by_address
SELECT uniqExact(client_ip) AS value
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
