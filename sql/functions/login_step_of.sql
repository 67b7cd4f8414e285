-- login_step_of(kind, target, client_name, code): which part of a login a recorded fact is: token (a token was made), password (a form or the CLI's
-- basic authentication was accepted), callback (an external provider vouched), idp (the provider's own line), cookie (an earlier login was used
-- again: no login by itself), or nothing. What was accepted and then answered with a server error let nobody in.
CREATE OR REPLACE FUNCTION login_step_of AS (kind, target, client_name, code) ->
    multiIf(
        code >= 400, '',
        kind = 'token-created', 'token',
        kind = 'idp-login', 'idp',
        kind != 'allowed', '',
        match(target, '^/login(/|$)'), 'password',
        match(target, '^/oauth2callback(/|$)'), 'callback',
        target = '/oauth/authorize' AND client_name = 'openshift-challenging-client', 'password',
        match(target, '^/oauth/authorize(/|$)'), 'cookie',
        '')
