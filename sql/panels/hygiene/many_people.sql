-- title: One address, many people
-- question: Addresses from which several people came: a jump host, a proxy that is not trusted yet, or a shared machine.
-- empty: Every person had an address of their own.
SELECT
    client_ip,
    any(client_ip_evidence) AS client_ip_evidence,
    uniqExact(actor) AS people,
    arrayStringConcat(arraySort(groupUniqArray(8)(toString(actor))), ', ') AS names,
    count() AS sessions,
    max(last_seen_at) AS last_at
FROM sessions
WHERE client_ip != ''
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY client_ip
HAVING people > 1
ORDER BY people DESC
LIMIT 50
