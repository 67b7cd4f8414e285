-- is_aggregated_copy(component, request_uri): whether an event is what an aggregated server logged of a request that kube-apiserver handed to it.
-- Such an event knows only the effective user and the address of the front server.
CREATE OR REPLACE FUNCTION is_aggregated_copy AS (component, request_uri) ->
    component NOT IN ('kube-apiserver', 'oauth-server') AND is_forwarded(request_uri)
