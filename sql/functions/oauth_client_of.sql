-- oauth_client_of(request_uri): the OAuth client that a request to the oauth-server is for: its client_id, or that of the address it leads to
-- (then); empty where it names none.
CREATE OR REPLACE FUNCTION oauth_client_of AS (request_uri) ->
    decodeURLComponent(if(
        extractURLParameter(request_uri, 'client_id') != '',
        extractURLParameter(request_uri, 'client_id'),
        extractURLParameter(decodeURLComponent(extractURLParameter(request_uri, 'then')), 'client_id')))
