CREATE TABLE IF NOT EXISTS client_rules
(
    rank UInt32 COMMENT 'Order: the first rule that matches decides. Rules of the configuration file come first.',
    pattern String COMMENT 'Regular expression that the user agent is searched for.',
    client LowCardinality(String) COMMENT 'Name of the program.',
    method LowCardinality(String) COMMENT 'How a person comes in with it: web-console, oc, kubectl, helm, gitops, terraform, api-token or other.',
    interactive Bool COMMENT 'Whether a person sits in front of it: service accounts get sessions only with such clients.',
    origin LowCardinality(String) COMMENT 'built-in, or configuration.'
)
ENGINE = MergeTree
ORDER BY rank
COMMENT 'Which program a user agent names. Chosen by the client, so a hint.'
