-- title: One credential, two places at once
-- question: The same certificate or access key in use from two addresses at the same time. Or one person with two networks.
-- empty: No credential was in two places at once.
SELECT
    greatest(one.started_at, other.started_at) AS at,
    one.actor AS actor,
    one.cluster AS cluster,
    one.credential_kind AS credential_kind,
    one.client_ip AS client_ip,
    other.client_ip AS other_ip,
    dateDiff('second', at, least(one.last_seen_at, other.last_seen_at)) AS duration_seconds,
    one.credential_id AS credential_id,
    other.first_audit_id AS audit_id
FROM sessions AS one
INNER JOIN sessions AS other ON other.cluster = one.cluster AND other.actor = one.actor AND other.credential_id = one.credential_id
WHERE one.credential_id != ''
    AND one.credential_kind IN ('x509', 'eks-iam')
    AND one.client_ip < other.client_ip
    AND one.started_at <= other.last_seen_at
    AND other.started_at <= one.last_seen_at
    AND one.last_seen_at >= $__fromTime_ms
    AND one.started_at <= $__toTime_ms
    AND $__conditionalAll(one.cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(one.cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(one.actor, decodeURLComponent('${actor:percentencode}')), $actor)
ORDER BY at DESC
LIMIT 100
