-- is_private_address(address): whether an address (as text) is of a private network, the host itself, or the link: RFC 1918, RFC 6598, RFC 4193,
-- loopback and link-local. What is no address is none.
CREATE OR REPLACE FUNCTION is_private_address AS (address) ->
    multiIf(
        isIPv4String(address), arrayExists(
            network -> isIPAddressInRange(address, network),
            ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16']),
        isIPv6String(address), arrayExists(
            network -> isIPAddressInRange(address, network),
            ['fc00::/7', 'fe80::/10', '::1/128']),
        false)
