-- title: Profiles
-- question: What may a reader ask of the server? The limits are those of deploy/clickhouse/users.d/auditradar.xml; a test compares the two.
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
