-- is_hosted_client(client_name): whether an OAuth client runs on a server (the console, Argo CD, Grafana, an application) and uses the token from there, so
-- that the address of its requests is never the person's. oc and the token page hand the token to the person.
CREATE OR REPLACE FUNCTION is_hosted_client AS (client_name) ->
    method_of_client_name(client_name) IN ('web-console', 'service-account-oauth', 'other')
