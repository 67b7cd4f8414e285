-- title: Credentials
-- question: What they showed to get in, from where. Token ids change at every refresh, so tokens are one row a kind; a certificate or access key used from several addresses may be copied.
-- empty: No request in this range.
-- next: hygiene
-- queries: credential-use
SELECT
    cluster,
    credential_kind,
    if(key_credential_of(credential_kind, credential_id) != '', credential_id, '') AS credential_id,
    min(requested_at) AS first_at,
    max(stage_at) AS last_at,
    count() AS requests,
    arrayStringConcat(arraySort(groupUniqArrayIf(toString(client_ip), client_ip != '')), ', ') AS addresses
FROM requests
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND requested_at IN (SELECT requested_at FROM events WHERE actor = decodeURLComponent('${actor:percentencode}') AND $__timeFilter_ms(requested_at))
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
GROUP BY
    cluster,
    credential_kind,
    credential_id
ORDER BY last_at DESC
LIMIT 100
