-- title: By address
-- question: Which addresses failed most, over how many targets, and whether anybody ever got in from there in all the history kept.
-- empty: Nobody failed.
-- queries: failures-by-address denied-sweeps
SELECT
    failed_attempts.client_ip AS client_ip,
    any(failed_attempts.client_ip_evidence) AS client_ip_evidence,
    count() AS attempts,
    uniqExact(target) AS distinct_targets,
    arrayStringConcat(arraySort(groupUniqArray(toString(class))), ', ') AS classes,
    min(attempted_at) AS first_at,
    max(attempted_at) AS last_at,
    arrayStringConcat(any(known.names), ', ') AS names
FROM failed_attempts
LEFT JOIN
(
    SELECT
        client_ip AS address,
        arraySort(groupUniqArray(5)(toString(actor))) AS names
    FROM sessions
    GROUP BY address
) AS known ON known.address = failed_attempts.client_ip
WHERE $__timeFilter_ms(attempted_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
GROUP BY client_ip
ORDER BY attempts DESC
LIMIT 100
