CREATE TABLE IF NOT EXISTS trusted_proxies
(
    prefix String COMMENT 'Network of the proxy in CIDR notation.',
    clusters String COMMENT 'Clusters for which it is trusted, each between bars: |prod|stage|. Empty for all.'
)
ENGINE = MergeTree
ORDER BY prefix
COMMENT 'Proxies whose X-Forwarded-For is believed.'
