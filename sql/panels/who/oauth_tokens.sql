-- title: OAuth tokens
-- question: Tokens that OpenShift made for them: for which client, by which provider, and how each ended. The id is the hash of the token, never the token. Other platforms keep no such record.
-- empty: No OAuth token of theirs in this range: only OpenShift makes them.
-- next: logins
SELECT
    started_at,
    cluster,
    client_name,
    provider,
    credential_id,
    last_seen_at,
    end_reason,
    ended_by,
    first_audit_id AS audit_id
FROM sessions
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND startsWith(credential_id, 'sha256~')
    AND last_seen_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY started_at DESC
LIMIT 100
