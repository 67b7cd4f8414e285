-- event_key_of(component, audit_id, stage): names an event among those of one cluster and microsecond.
CREATE OR REPLACE FUNCTION event_key_of AS (component, audit_id, stage) ->
    sipHash64(component, audit_id, stage)
