-- is_private_address(address): whether an address (as text) is of a private network, the host itself, or the link: RFC 1918, RFC 6598, RFC 4193,
-- loopback and link-local. What is no address is none. IPv4 is compared in its IPv6 form, which every address has.
CREATE OR REPLACE FUNCTION is_private_address AS (address) ->
    arrayExists(
        network -> isIPAddressInRange(toString(toIPv6OrDefault(address)), network),
        [
            '::ffff:10.0.0.0/104', '::ffff:172.16.0.0/108', '::ffff:192.168.0.0/112', '::ffff:100.64.0.0/106',
            '::ffff:127.0.0.0/104', '::ffff:169.254.0.0/112', 'fc00::/7', 'fe80::/10', '::1/128'])
