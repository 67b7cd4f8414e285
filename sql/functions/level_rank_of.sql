-- level_rank_of(level): how much the audit policy recorded of a request, in order.
CREATE OR REPLACE FUNCTION level_rank_of AS (level) ->
    toUInt8(indexOf(['Metadata', 'Request', 'RequestResponse'], level))
