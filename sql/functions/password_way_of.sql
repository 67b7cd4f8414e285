-- password_way_of(target, client_name, user_agent, decision): how a password reached the oauth-server in a decided request: form (the login page),
-- basic (the header of a command line), or empty when none did: a cookie used again, a provider's callback, a consent. A browser is let through
-- /oauth/authorize by its cookie; only the challenging client, and programs that are no browser, show a password there.
CREATE OR REPLACE FUNCTION password_way_of AS (target, client_name, user_agent, decision) ->
    multiIf(
        match(target, '^/login(/|$)'), 'form',
        target = '/oauth/authorize' AND (decision != 'allow' OR client_name = 'openshift-challenging-client' OR NOT startsWith(user_agent, 'Mozilla/')), 'basic',
        '')
