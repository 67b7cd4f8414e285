CREATE DICTIONARY IF NOT EXISTS client_rules_dictionary
(
    regexp String,
    client String,
    method String,
    interactive Bool
)
PRIMARY KEY regexp
SOURCE(CLICKHOUSE(TABLE 'client_rule_tree'))
LAYOUT(REGEXP_TREE)
LIFETIME(MIN 30 MAX 60)
COMMENT 'client_rules, for client_of(), method_of() and is_interactive().'
