-- stage_rank_of(stage): order of the stages of one request; the last one is the state of the request.
CREATE OR REPLACE FUNCTION stage_rank_of AS (stage) ->
    toUInt8(indexOf(['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'], stage))
