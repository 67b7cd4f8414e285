-- title: Who read the audit log
-- question: Who asked what of the server, and for whom? Its own log of queries knows; readers need no grant on it for this view.
CREATE OR REPLACE VIEW $database.server_reads
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    toDateTime64(event_time_microseconds, 6, 'UTC') AS at,
    user AS reader,
    extract(concat(client_name, ' ', log_comment, ' ', http_user_agent), 'grafana_user:(\\S+)') AS on_behalf_of,
    replaceRegexpOne(toString(address), '^::ffff:', '') AS client_ip,
    if(http_user_agent != '', http_user_agent, client_name) AS user_agent,
    query AS statement,
    query_duration_ms / 1000 AS duration_seconds,
    result_rows AS rows,
    result_bytes AS bytes,
    multiIf(type = 'QueryFinish', 'success', exception_code IN (164, 192, 193, 194, 291, 396, 452, 497, 516), 'refused', 'error') AS outcome,
    exception AS reason,
    'server' AS via
FROM system.query_log
WHERE is_initial_query
    AND type != 'QueryStart'
    AND has(databases, '$database');

GRANT SELECT ON $database.server_reads TO auditradar_auditor, auditradar_investigator, auditradar_grafana;
