-- oauth_provider_of(request_uri): the identity provider in the path of a request to the oauth-server; empty where it names none, as with a single
-- provider.
CREATE OR REPLACE FUNCTION oauth_provider_of AS (request_uri) ->
    decodeURLComponent(extract(cutQueryString(request_uri), '^/(?:login|oauth2callback)/([^/]+)$'))
