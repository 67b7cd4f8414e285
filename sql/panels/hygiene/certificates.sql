-- title: People with certificates
-- question: People who came in with a client certificate. A certificate cannot be revoked and is often copied; single sign-on is better for people.
-- next: hygiene/certificate_list
SELECT uniqExact(actor) AS value
FROM sessions
WHERE credential_kind = 'x509'
    AND actor_kind = 'human'
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_named(actor, decodeURLComponent('${actor:percentencode}')), $actor)
