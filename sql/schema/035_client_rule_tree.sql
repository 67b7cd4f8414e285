-- Source of client_rules_dictionary; the last row holds for programs without a rule.
CREATE OR REPLACE VIEW client_rule_tree
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
    pattern AS regexp,
    ['client', 'method', 'interactive'] AS keys,
    [toString(client), toString(method), toString(toUInt8(interactive))] AS values
FROM client_rules
UNION ALL
SELECT
    toUInt64(1000000000),
    toUInt64(0),
    '^.',
    ['client', 'method', 'interactive'],
    ['', 'other', '0']
COMMENT 'client_rules as regular expressions.'
