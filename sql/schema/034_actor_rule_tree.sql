-- Source of actor_rules_dictionary: every rule as one regular expression. The tree takes the first match in the order of ids; a tree may not be
-- empty, so the last row says what holds for everybody else.
CREATE OR REPLACE VIEW actor_rule_tree
(
    id UInt64 COMMENT 'Order of the rule in the tree, from 1.',
    parent_id UInt64 COMMENT '0: the tree has one level.',
    regexp String COMMENT 'The rule as a regular expression.',
    keys Array(String) COMMENT 'Names of the attributes that the rule sets.',
    values Array(String) COMMENT 'Their values as text.'
)
AS
SELECT
    toUInt64(rank) + 1 AS id,
    toUInt64(0) AS parent_id,
    multiIf(
        match = 'exact', concat('^', regexpQuoteMeta(pattern), '$'),
        match = 'prefix', concat('^', regexpQuoteMeta(pattern)),
        match = 'suffix', concat(regexpQuoteMeta(pattern), '$'),
        pattern) AS regexp,
    ['actor_kind'] AS keys,
    [toString(actor_kind)] AS values
FROM actor_rules
UNION ALL
SELECT
    toUInt64(1000000000),
    toUInt64(0),
    '^.',
    ['actor_kind'],
    ['human']
COMMENT 'actor_rules as regular expressions.'
