-- title: Failed attempts of people and scans, by class
-- question: Attempts that do not look like a machine, over time. Each attempt is counted in the bucket in which it came.
-- empty: No failed attempt but those of machines.
-- next: failed/bursts
SELECT
    $__timeInterval(attempted_at) AS time,
    toString(class) AS class,
    count() AS attempts
FROM failed_attempts
WHERE (cluster, class, client_ip, client_of(user_agent)) NOT IN (
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
    class
ORDER BY time
