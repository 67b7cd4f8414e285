-- is_hidden_address(cluster, address, evidence): whether a recorded address is not the person's: none, a trusted proxy, or a private address that
-- nobody vouches for (the oauth-server behind a passthrough router sees the router or the pod network). An address taken from an access log or
-- forwarded by a trusted proxy is the person's, private or not. Networks: RFC 1918, 6598, 3927, 4193, 4291.
CREATE OR REPLACE FUNCTION is_hidden_address AS (cluster, address, evidence) ->
    address = ''
    OR is_trusted_proxy(cluster, address)
    OR (evidence NOT IN ('access-log', 'forwarded')
        AND arrayExists(
            network -> isIPAddressInRange(toString(assumeNotNull(address)), network),
            if(
                isIPv4String(address),
                ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'],
                if(isIPv6String(address), ['fc00::/7', 'fe80::/10', '::1/128'], emptyArrayString()))))
