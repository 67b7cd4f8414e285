-- richness_of(level, raw): which of several copies of an event stays: the fuller level, then the longer text, then a hash, so that the order of
-- arrival never decides.
CREATE OR REPLACE FUNCTION richness_of AS (level, raw) ->
    bitShiftLeft(toUInt64(level_rank_of(level)), 60)
    + bitShiftLeft(toUInt64(length(raw)), 28)
    + cityHash64(raw) % 268435456
