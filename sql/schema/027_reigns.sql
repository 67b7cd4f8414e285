-- Filled by reigns_refresh; see presence_reigns for the rule.
CREATE TABLE IF NOT EXISTS reigns
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    actor String COMMENT 'The person, as the cluster names them.',
    address String COMMENT 'Address of the place; empty for sessions whose address nobody recorded.',
    from_at DateTime64(6, 'UTC') COMMENT 'From this moment on, until the next row of the place.',
    owner String COMMENT 'Presence that owns activity there; empty for none.',
    gone String COMMENT 'Presence that ended just before; empty for none.',
    next_owner String COMMENT 'Owner of the next row of the place.',
    next_at DateTime64(6, 'UTC') COMMENT 'Its moment; the year 2299 for none.'
)
ENGINE = MergeTree
ORDER BY (cluster, actor, address, from_at)
COMMENT 'Which recorded session owns the activity of a person at an address, from when on; refreshed from presences.'
