-- title: Certificates in two places
-- question: Certificates in use from two addresses at the same time: copied, or a laptop that changed its network. Sessions last until the last request, pauses included.
-- next: hygiene/shared_list
SELECT uniqExact(one.credential_id) AS value
FROM sessions AS one
INNER JOIN sessions AS other ON other.cluster = one.cluster AND other.actor = one.actor AND other.credential_id = one.credential_id
WHERE one.credential_kind = 'x509'
    AND one.client_ip < other.client_ip
    AND one.started_at <= other.last_seen_at
    AND other.started_at <= one.last_seen_at
    AND one.last_seen_at >= $__fromTime_ms
    AND one.started_at <= $__toTime_ms
    AND $__conditionalAll(one.cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(one.cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
