-- is_at_address(address, wanted): whether an address is the wanted one, or lies in the wanted network (10.0.0.0/8), or matches with * for any text.
CREATE OR REPLACE FUNCTION is_at_address AS (address, wanted) ->
    multiIf(
        address = '', wanted = '',
        isIPv4String(splitByChar('/', wanted)[1]) AND isIPv4String(address) AND position(wanted, '/') > 0,
        toIPv4OrDefault(address) BETWEEN
            tupleElement(IPv4CIDRToRange(toIPv4OrDefault(splitByChar('/', wanted)[1]), least(32, toUInt8OrZero(splitByChar('/', wanted)[2]))), 1)
            AND tupleElement(IPv4CIDRToRange(toIPv4OrDefault(splitByChar('/', wanted)[1]), least(32, toUInt8OrZero(splitByChar('/', wanted)[2]))), 2),
        isIPv6String(splitByChar('/', wanted)[1]) AND isIPv6String(address) AND position(wanted, '/') > 0,
        toIPv6OrDefault(address) BETWEEN
            tupleElement(IPv6CIDRToRange(toIPv6OrDefault(splitByChar('/', wanted)[1]), least(128, toUInt8OrZero(splitByChar('/', wanted)[2]))), 1)
            AND tupleElement(IPv6CIDRToRange(toIPv6OrDefault(splitByChar('/', wanted)[1]), least(128, toUInt8OrZero(splitByChar('/', wanted)[2]))), 2),
        is_named(address, wanted))
