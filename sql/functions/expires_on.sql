-- expires_on(at, keep_days): the day on which a row's time is over: whole months go together, so that whole parts can be dropped. 0 days: never.
CREATE OR REPLACE FUNCTION expires_on AS (at, keep_days) ->
    if(keep_days <= 0, toDate('2149-06-06'), toStartOfMonth(at) + toIntervalMonth(1) + toIntervalDay(keep_days))
