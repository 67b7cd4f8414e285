-- is_failed_attempt(actor_kind, code, verb, request_uri): a credential was refused (401), or nobody in particular was refused (anonymous and 403).
CREATE OR REPLACE FUNCTION is_failed_attempt AS (kind, code, verb, request_uri) ->
    (code = 401 OR (code = 403 AND kind = 'anonymous')) AND NOT is_health_probe(verb, request_uri)
