-- is_trusted_proxy(cluster, address): whether the X-Forwarded-For that this address sends is believed for the cluster.
CREATE OR REPLACE FUNCTION is_trusted_proxy AS (cluster, address) ->
    dictHas('trusted_proxies_dictionary', tuple(toIPv6OrDefault(address)))
    AND (dictGet('trusted_proxies_dictionary', 'clusters', tuple(toIPv6OrDefault(address))) = ''
        OR position(dictGet('trusted_proxies_dictionary', 'clusters', tuple(toIPv6OrDefault(address))), concat('|', cluster, '|')) > 0)
