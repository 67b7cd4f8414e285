-- identity_kind_of(system, type, error): which authentication fact a line of an identity provider or IAM is; empty for what is neither login,
-- logout, failure nor token. Keycloak: a code exchanged or a token refreshed is no login, a brokered login is followed by its LOGIN, a client's own
-- login is a machine's; an error about the person's name, password or right is a failure, any other is the provider's trouble
-- (names of errors: keycloak, org.keycloak.events.Errors).
CREATE OR REPLACE FUNCTION identity_kind_of AS (system, type, error) ->
    multiIf(
        system = 'eks-authenticator', multiIf(type = 'access granted', 'iam-granted', type = 'access denied', 'iam-denied', ''),
        system = 'dex', multiIf(
            startsWith(type, 'login successful'), 'idp-login',
            startsWith(type, 'failed login attempt'), 'idp-failure',
            startsWith(type, 'failed to '), 'error',
            type IN ('api: deleted auth session', 'refresh: refused, session ended') OR startsWith(type, 'logout'), 'idp-logout',
            ''),
        system != 'keycloak', '',
        type IN ('LOGIN', 'IMPERSONATE'), 'idp-login',
        type = 'LOGOUT', 'idp-logout',
        type = 'CODE_TO_TOKEN', 'code-exchanged',
        type = 'REFRESH_TOKEN', 'token-refreshed',
        type = 'LOGIN_ERROR' AND error IN (
            '',
            'invalid_user_credentials',
            'user_not_found',
            'user_disabled',
            'user_temporarily_disabled',
            'username_missing',
            'password_missing',
            'password_rejected',
            'access_denied',
            'not_allowed'), 'idp-failure',
        type = 'CLIENT_LOGIN_ERROR' AND error IN ('invalid_client_credentials', 'invalid_client'), 'idp-failure',
        type IN (
            'LOGIN_ERROR',
            'CLIENT_LOGIN_ERROR',
            'LOGOUT_ERROR',
            'CODE_TO_TOKEN_ERROR',
            'IMPERSONATE_ERROR',
            'IDENTITY_PROVIDER_LOGIN_ERROR',
            'IDENTITY_PROVIDER_FIRST_LOGIN_ERROR',
            'IDENTITY_PROVIDER_POST_LOGIN_ERROR',
            'IDENTITY_PROVIDER_RESPONSE_ERROR'), 'error',
        '')
