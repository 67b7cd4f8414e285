CREATE DICTIONARY IF NOT EXISTS settings_dictionary
(
    name String,
    value String
)
PRIMARY KEY name
SOURCE(CLICKHOUSE(TABLE 'settings'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 30 MAX 60)
COMMENT 'settings, for functions.'
