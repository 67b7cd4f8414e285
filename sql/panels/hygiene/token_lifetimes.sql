-- title: How long tokens live
-- question: Tokens with an id, by the time between the first and the last request that showed them. That is the time seen in use, not the time they are valid for; a token used once shows zero.
-- empty: No token with an id was seen: older API servers record none.
SELECT
    actor,
    cluster,
    credential_id,
    min(first.at) AS first_at,
    max(last.at) AS last_at,
    dateDiff('second', first_at, last_at) AS lifetime_seconds,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(key_ip))), ', ') AS addresses
FROM activity
ARRAY JOIN credentials AS credential_id
WHERE NOT startsWith(credential_id, 'X509SHA256=')
    AND $__timeFilter(minute)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY
    actor,
    cluster,
    credential_id
ORDER BY lifetime_seconds DESC
LIMIT 100
