-- auth_kind_of(verb, api_group, resource, subresource, stage, code, actor, request_uri, annotations): which authentication fact an audit event
-- is; empty for all others. Only a final stage counts. A token is used or missed by the look-ups of the API servers themselves
-- (system:apiserver): a person who reads a token object uses none. A dry run changes nothing. An answer of 5xx lets nobody in, whatever was
-- decided before it. audit-facts 3.3 to 3.7.
CREATE OR REPLACE FUNCTION auth_kind_of AS (verb, api_group, resource, subresource, stage, code, actor, request_uri, annotations) ->
    multiIf(
        stage NOT IN ('ResponseComplete', 'Panic') AND code != 401, '',
        resource = '' AND annotations['authentication.openshift.io/decision'] = 'allow', if(code < 500, 'allowed', 'error'),
        resource = '' AND annotations['authentication.openshift.io/decision'] = 'deny', if(annotations['authentication.openshift.io/username'] = '', 'challenge', 'denied'),
        resource = '' AND annotations['authentication.openshift.io/decision'] = 'error', 'error',
        resource = '' AND verb = 'post' AND path(request_uri) = '/oauth/token' AND code = 200, 'code-exchanged',
        resource = '' AND verb = 'post' AND path(request_uri) = '/logout' AND code IN (200, 302), 'idp-logout',
        resource = '' OR extractURLParameter(request_uri, 'dryRun') != '', '',
        resource = 'serviceaccounts' AND subresource = 'token' AND verb = 'create' AND api_group = '' AND code = 201, 'token-issued',
        api_group != 'oauth.openshift.io' OR subresource != '', '',
        resource = 'oauthaccesstokens' AND verb = 'get' AND actor = 'system:apiserver', multiIf(code = 200, 'token-used', code = 404, 'token-missing', ''),
        code NOT BETWEEN 200 AND 299, '',
        resource = 'oauthauthorizetokens' AND verb IN ('create', 'delete'), 'code-exchanged',
        resource = 'oauthaccesstokens' AND verb = 'create', 'token-created',
        resource = 'oauthaccesstokens' AND verb IN ('update', 'patch'), 'token-refreshed',
        resource IN ('oauthaccesstokens', 'useroauthaccesstokens') AND verb = 'delete', 'token-deleted',
        '')
