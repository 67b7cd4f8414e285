-- title: Stored lines as they would be delivered
-- question: What would the feeds have to make of the raw text of each stored line of kind access?
-- param cluster: label of the cluster
-- param since: lines from this moment on
-- param until: lines before this moment
-- The column source, which the feeds hand through, carries the stored columns.
SELECT
    cluster,
    '' AS platform,
    tuple(
        access_records.accepted_at,
        access_records.ended_at,
        access_records.cluster,
        access_records.system,
        access_records.client_ip,
        access_records.client_port,
        access_records.forwarded_for,
        access_records.frontend,
        access_records.backend,
        access_records.server,
        access_records.server_ip,
        access_records.server_port,
        access_records.method,
        access_records.uri,
        access_records.code,
        access_records.user_agent,
        access_records.bytes,
        access_records.position,
        access_records.batch_id) AS source,
    batch_id,
    position AS position,
    'access' AS record_kind,
    '' AS reason,
    '' AS redacted,
    accepted_at AS received_at,
    raw
FROM access_records
WHERE cluster = {cluster:String}
    AND raw != ''
    AND accepted_at >= {since:DateTime64(6, 'UTC')}
    AND accepted_at < {until:DateTime64(6, 'UTC')}
