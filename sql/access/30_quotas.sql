-- title: Quotas
-- question: How much may a reader ask in an hour? The limits are those of deploy/clickhouse/users.d/auditradar.xml.
CREATE QUOTA OR REPLACE auditradar_grafana FOR INTERVAL 60 second MAX queries = 6000, execution_time = 1800 TO auditradar_grafana;

CREATE QUOTA OR REPLACE auditradar_auditor KEYED BY ip_address FOR INTERVAL 3600 second MAX queries = 3600, errors = 600, execution_time = 7200 TO auditradar_auditor, auditradar_investigator;
