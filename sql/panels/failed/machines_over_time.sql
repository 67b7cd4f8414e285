-- title: Storms of machines
-- question: Attempts that look like a machine with an expired or revoked credential, over time, by program. Noise for security, an outage for whoever owns the machine.
-- empty: No machine failed again and again.
-- next: failed/machine_bursts
SELECT
    $__timeInterval(attempted_at) AS time,
    client_of(user_agent) AS client,
    count() AS attempts
FROM failed_attempts
WHERE (cluster, class, client_ip, client) IN (
        SELECT
            cluster,
            class,
            client_ip,
            client
        FROM failed_attempt_origins
        GROUP BY
            cluster,
            class,
            client_ip,
            client
        HAVING min(origin = 'machine'))
    AND $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY
    time,
    client
ORDER BY time
