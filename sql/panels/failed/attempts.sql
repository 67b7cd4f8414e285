-- title: Failed attempts
-- question: Requests whose credential was refused (401), or that came without any and were refused (403). A kube-apiserver 401 names nobody: who tried cannot be known.
-- next: failed/feed
SELECT count() AS value
FROM failed_attempts
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
