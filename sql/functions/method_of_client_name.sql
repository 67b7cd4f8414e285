-- method_of_client_name(client_name): how somebody came in, by the OAuth client that the platform recorded. An application of its own is other:
-- api-token is what a person hands to a program. Empty where no client is named.
CREATE OR REPLACE FUNCTION method_of_client_name AS (client_name) ->
    multiIf(
        client_name = '', '',
        client_name = 'console', 'web-console',
        client_name = 'openshift-challenging-client', 'oc',
        client_name = 'openshift-cli-client', 'oc-web',
        client_name = 'openshift-browser-client', 'token-display',
        startsWith(client_name, 'system:serviceaccount:'), 'service-account-oauth',
        'other')
