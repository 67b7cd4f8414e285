-- title: Roles
-- question: Who may do what? Views run with the rights of who asks (SQL SECURITY INVOKER), so that row policies bind; the raw text is for investigators.
CREATE ROLE IF NOT EXISTS auditradar_loader SETTINGS PROFILE 'auditradar_loader';

GRANT SELECT, dictGet, SYSTEM VIEWS ON $database.* TO auditradar_loader;

GRANT INSERT ON $database.landing TO auditradar_loader;
GRANT INSERT ON $database.landing_lines TO auditradar_loader;

GRANT INSERT ON $database.batches TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.settings TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.settings__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.actor_rules TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.actor_rules__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.client_rules TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.client_rules__new TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.trusted_proxies TO auditradar_loader;

GRANT INSERT, CREATE TABLE, DROP TABLE ON $database.trusted_proxies__new TO auditradar_loader;

GRANT TABLE ENGINE ON MergeTree TO auditradar_loader;

GRANT SYSTEM RELOAD DICTIONARY ON *.* TO auditradar_loader;

GRANT SELECT ON system.parts TO auditradar_loader;

GRANT SELECT ON system.view_refreshes TO auditradar_loader;

CREATE ROLE IF NOT EXISTS auditradar_investigator SETTINGS PROFILE 'auditradar_auditor';

GRANT SELECT, dictGet ON $database.* TO auditradar_investigator;

GRANT SELECT ON system.parts TO auditradar_investigator;

GRANT SELECT ON system.view_refreshes TO auditradar_investigator;

CREATE ROLE IF NOT EXISTS auditradar_grafana SETTINGS PROFILE 'auditradar_grafana';

GRANT SELECT, dictGet ON $database.* TO auditradar_grafana;

GRANT SELECT ON system.parts TO auditradar_grafana;

GRANT SELECT ON system.view_refreshes TO auditradar_grafana;

CREATE ROLE IF NOT EXISTS auditradar_auditor SETTINGS PROFILE 'auditradar_auditor';

GRANT SELECT, dictGet ON $database.* TO auditradar_auditor;

GRANT SELECT ON system.parts TO auditradar_auditor;

GRANT SELECT ON system.view_refreshes TO auditradar_auditor;
