CREATE DICTIONARY IF NOT EXISTS actor_rules_dictionary
(
    regexp String,
    actor_kind String
)
PRIMARY KEY regexp
SOURCE(CLICKHOUSE(TABLE 'actor_rule_tree'))
LAYOUT(REGEXP_TREE)
LIFETIME(MIN 30 MAX 60)
COMMENT 'actor_rules, for actor_kind().'
