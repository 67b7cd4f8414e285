-- title: Stored lines as they would be delivered
-- question: What would the feeds have to make of the raw text of each stored line of kind identity?
-- param cluster: label of the cluster
-- param since: lines from this moment on
-- param until: lines before this moment
-- The column source, which the feeds hand through, carries the stored columns.
SELECT
    cluster,
    platform AS platform,
    tuple(
        auth_records.at,
        auth_records.cluster,
        auth_records.platform,
        auth_records.component,
        auth_records.kind,
        auth_records.actor,
        auth_records.names,
        auth_records.by,
        auth_records.client_name,
        auth_records.provider,
        auth_records.credential_id,
        auth_records.linked_id,
        auth_records.issued_to,
        auth_records.groups,
        auth_records.client_ip,
        auth_records.client_ip_evidence,
        auth_records.peer_ip,
        auth_records.user_agent,
        auth_records.code,
        auth_records.decision,
        auth_records.reason,
        auth_records.target,
        auth_records.created_at,
        auth_records.expires_at,
        auth_records.inactive_at,
        auth_records.evidence_id,
        auth_records.batch_id,
        auth_records.richness) AS source,
    batch_id,
    toUInt64(0) AS position,
    'identity' AS record_kind,
    '' AS reason,
    '' AS redacted,
    at AS received_at,
    raw
FROM auth_records
WHERE cluster = {cluster:String}
    AND raw != ''
    AND at >= {since:DateTime64(6, 'UTC')}
    AND at < {until:DateTime64(6, 'UTC')}
