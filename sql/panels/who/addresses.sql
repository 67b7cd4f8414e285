-- title: Addresses
-- question: Where they came from, and how often somebody was refused at the same address. The same address may be shared.
-- empty: No request in this range.
SELECT
    client_ip,
    any(toString(client_ip_evidence)) AS client_ip_evidence,
    min(requested_at) AS first_at,
    max(stage_at) AS last_at,
    count() AS requests,
    uniqExact(toDate(requested_at)) AS days,
    arrayStringConcat(arraySort(groupUniqArrayIf(toString(client), client != '')), ', ') AS clients,
    any(refused.attempts) AS attempts
FROM requests
LEFT JOIN
(
    SELECT
        client_ip AS address,
        count() AS attempts
    FROM failed_attempts
    WHERE $__timeFilter_ms(attempted_at)
    GROUP BY address
) AS refused ON refused.address = requests.client_ip
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY client_ip
ORDER BY last_at DESC
LIMIT 100
