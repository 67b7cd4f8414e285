CREATE TABLE IF NOT EXISTS settings
(
    name LowCardinality(String) COMMENT 'Key of the configuration file.',
    value String COMMENT 'Its value as text.'
)
ENGINE = MergeTree
ORDER BY name
COMMENT 'Settings that SQL reads, filled from the configuration file.'
