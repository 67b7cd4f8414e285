-- address_of(text): canonical text of an IP address (IPv4 dotted, IPv6 compressed); empty when the text is none.
CREATE OR REPLACE FUNCTION address_of AS (text) ->
    multiIf(
        isIPv4String(text), text,
        isIPv6String(text), replaceRegexpOne(toString(toIPv6OrDefault(text)), '^::ffff:([0-9.]+)$', '\\1'),
        '')
