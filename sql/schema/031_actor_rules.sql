CREATE TABLE IF NOT EXISTS actor_rules
(
    rank UInt32 COMMENT 'Order: the first rule that matches decides. Rules of the configuration file come first.',
    match LowCardinality(String) COMMENT 'exact, prefix, suffix or regex.',
    pattern String COMMENT 'Text to compare the user name with.',
    actor_kind LowCardinality(String) COMMENT 'human, service-account, node, control-plane, cloud-service, anonymous or unauthenticated.',
    origin LowCardinality(String) COMMENT 'built-in, or configuration.',
    note String COMMENT 'Why the rule is there.'
)
ENGINE = MergeTree
ORDER BY rank
COMMENT 'Which user names are machines. What no rule names is human.'
