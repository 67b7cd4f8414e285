-- is_health_probe(verb, request_uri): requests of load balancers and monitors; never failed attempts.
CREATE OR REPLACE FUNCTION is_health_probe AS (verb, request_uri) ->
    match(request_uri, '^/(healthz|livez|readyz)([/?]|$)') OR (verb = 'head' AND path(request_uri) IN ('', '/'))
