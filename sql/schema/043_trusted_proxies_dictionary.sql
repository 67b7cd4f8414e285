CREATE DICTIONARY IF NOT EXISTS trusted_proxies_dictionary
(
    prefix String,
    clusters String
)
PRIMARY KEY prefix
SOURCE(CLICKHOUSE(TABLE 'trusted_proxies'))
LAYOUT(IP_TRIE)
LIFETIME(MIN 30 MAX 60)
COMMENT 'trusted_proxies, for is_trusted_proxy().'
