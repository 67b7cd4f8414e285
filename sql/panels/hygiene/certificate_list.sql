-- title: Certificates that people use
-- question: Each certificate that a person showed, since when it is known and from where it was used. When it expires the log does not say.
-- empty: No person used a certificate.
-- queries: people-with-certificates shared-certificates
SELECT
    actor,
    cluster,
    credential_id,
    min(started_at) AS first_at,
    max(last_seen_at) AS last_at,
    uniqExact(toDate(started_at)) AS days,
    count() AS sessions,
    sum(sessions.requests) AS requests,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(client_ip))), ', ') AS addresses,
    argMax(last_audit_id, last_seen_at) AS audit_id
FROM sessions
WHERE credential_kind = 'x509'
    AND actor_kind = 'human'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
GROUP BY
    actor,
    cluster,
    credential_id
ORDER BY
    uniqExact(client_ip) DESC,
    last_at DESC
LIMIT 200
