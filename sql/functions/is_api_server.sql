-- is_api_server(component): whether a component writes audit events, which come all the time; lines of identity providers and proxies come when
-- somebody does something, so their silence means nothing and they say nothing about how far the audit log reaches.
CREATE OR REPLACE FUNCTION is_api_server AS (component) ->
    component NOT IN ('dex', 'keycloak', 'eks-authenticator', 'haproxy-tcp', 'haproxy-http', 'nginx', 'ingress-nginx')
