-- title: Who has tokens made
-- question: Who asked for tokens of which service account, people first, and how many of them were used. Nodes do it for every pod. A token that was never used within the log may be used tomorrow.
-- empty: Nobody had a token made.
-- next: access/tokens_feed
-- queries: issued-tokens
SELECT
    issued_by,
    toString(actor_kind(issued_by)) AS issuer_kind,
    service_account,
    cluster,
    uniqExact(credential_id) AS tokens,
    uniqExactIf(credential_id, client_ip != '') AS tokens_used,
    arrayStringConcat(arraySort(groupUniqArray(3)(issued_from)), ', ') AS issued_from,
    max(issued_at) AS last_at
FROM token_lineage
WHERE issued_by != ''
    AND issued_at BETWEEN $__fromTime_ms AND $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(service_account, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY
    issued_by,
    service_account,
    cluster
ORDER BY
    issuer_kind = 'human' DESC,
    issuer_kind = 'service-account' DESC,
    last_at DESC
LIMIT 100
