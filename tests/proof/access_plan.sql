CREATE SETTINGS PROFILE OR REPLACE auditradar_grafana SETTINGS
    readonly = 1,
    log_queries = 1,
    max_execution_time = 60 MIN 1 MAX 120 CHANGEABLE_IN_READONLY,
    additional_table_filters CHANGEABLE_IN_READONLY,
    max_memory_usage = 4000000000 CONST,
    max_memory_usage_for_user = 8000000000 CONST,
    max_rows_to_read = 5000000000 CONST,
    max_result_rows = 1000000 CONST,
    max_result_bytes = 1000000000 CONST,
    result_overflow_mode = 'throw',
    max_concurrent_queries_for_user = 64;

CREATE SETTINGS PROFILE OR REPLACE auditradar_auditor SETTINGS
    readonly = 1,
    log_queries = 1,
    max_execution_time = 600 MIN 1 MAX 3600 CHANGEABLE_IN_READONLY,
    additional_table_filters CHANGEABLE_IN_READONLY,
    max_memory_usage = 8000000000 CONST,
    max_memory_usage_for_user = 12000000000 CONST,
    max_rows_to_read = 50000000000 CONST,
    max_result_rows = 100000000 CONST,
    result_overflow_mode = 'throw',
    max_concurrent_queries_for_user = 16;

CREATE SETTINGS PROFILE OR REPLACE auditradar_loader SETTINGS log_queries = 1;

CREATE ROLE IF NOT EXISTS auditradar_loader SETTINGS PROFILE 'auditradar_loader';

GRANT SELECT, dictGet, SYSTEM VIEWS ON `audit`.* TO auditradar_loader;

GRANT INSERT ON `audit`.landing TO auditradar_loader;

GRANT INSERT ON `audit`.landing_lines TO auditradar_loader;

GRANT INSERT ON `audit`.batches TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.settings TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.settings__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.actor_rules TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.actor_rules__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.client_rules TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.client_rules__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.trusted_proxies TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON `audit`.trusted_proxies__new TO auditradar_loader;

GRANT TABLE ENGINE ON MergeTree TO auditradar_loader;

GRANT SYSTEM RELOAD DICTIONARY ON *.* TO auditradar_loader;

GRANT SELECT ON system.parts TO auditradar_loader;

GRANT SELECT ON system.view_refreshes TO auditradar_loader;

CREATE ROLE IF NOT EXISTS auditradar_investigator SETTINGS PROFILE 'auditradar_auditor';

GRANT SELECT, dictGet ON `audit`.* TO auditradar_investigator;

GRANT SELECT ON system.parts TO auditradar_investigator;

GRANT SELECT ON system.view_refreshes TO auditradar_investigator;

CREATE ROLE IF NOT EXISTS auditradar_grafana SETTINGS PROFILE 'auditradar_grafana';

GRANT SELECT, dictGet ON `audit`.* TO auditradar_grafana;

GRANT SELECT ON system.parts TO auditradar_grafana;

GRANT SELECT ON system.view_refreshes TO auditradar_grafana;

CREATE ROLE IF NOT EXISTS auditradar_auditor SETTINGS PROFILE 'auditradar_auditor';

GRANT SELECT, dictGet ON `audit`.* TO auditradar_auditor;

GRANT SELECT ON system.parts TO auditradar_auditor;

GRANT SELECT ON system.view_refreshes TO auditradar_auditor;

REVOKE SELECT(raw) ON `audit`.`events` FROM auditradar_auditor;

REVOKE SELECT(raw) ON `audit`.`requests` FROM auditradar_auditor;

REVOKE SELECT ON `audit`.`parsed_to_events` FROM auditradar_auditor, auditradar_investigator, auditradar_grafana;

CREATE QUOTA OR REPLACE auditradar_grafana FOR INTERVAL 60 second MAX queries = 6000, execution_time = 1800 TO auditradar_grafana;

CREATE QUOTA OR REPLACE auditradar_auditor KEYED BY ip_address FOR INTERVAL 3600 second MAX queries = 3600, errors = 600, execution_time = 7200 TO auditradar_auditor, auditradar_investigator;

GRANT auditradar_investigator TO `alice`;

SET DEFAULT ROLE auditradar_investigator TO `alice`;

CREATE USER IF NOT EXISTS `bob` IDENTIFIED WITH sha256_hash BY '…' SALT '…' DEFAULT ROLE auditradar_auditor;

GRANT auditradar_auditor TO `bob`;

SET DEFAULT ROLE auditradar_auditor TO `bob`;

GRANT auditradar_grafana TO `grafana`;

SET DEFAULT ROLE auditradar_grafana TO `grafana`;

CREATE ROW POLICY OR REPLACE auditradar_everything ON `audit`.`batches` USING 1 TO `owner`, `loader`, `alice`, `grafana`;

CREATE ROW POLICY OR REPLACE auditradar_nothing ON `audit`.`batches` USING 0 TO ALL EXCEPT `owner`, `loader`, `alice`, `grafana`;

CREATE ROW POLICY OR REPLACE `auditradar_bob` ON `audit`.`batches` USING cluster IN ('prod', 'o\'clock') TO `bob`;

CREATE ROW POLICY OR REPLACE auditradar_everything ON `audit`.`events` USING 1 TO `owner`, `loader`, `alice`, `grafana`;

CREATE ROW POLICY OR REPLACE auditradar_nothing ON `audit`.`events` USING 0 TO ALL EXCEPT `owner`, `loader`, `alice`, `grafana`;

CREATE ROW POLICY OR REPLACE `auditradar_bob` ON `audit`.`events` USING cluster IN ('prod', 'o\'clock') TO `bob`;

CREATE OR REPLACE VIEW `audit`.server_reads
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
    AND has(databases, '`audit`');

GRANT SELECT ON `audit`.server_reads TO auditradar_auditor, auditradar_investigator, auditradar_grafana;

