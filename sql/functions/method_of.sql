-- method_of(user_agent, credential_kind): how somebody came in, judged by the client: a hint.
-- Plain HTTP clients count as api-token only where the credential is a token.
CREATE OR REPLACE FUNCTION method_of AS (user_agent, credential_kind) ->
    multiIf(
        dictGetOrDefault('client_rules_dictionary', 'method', user_agent, 'other') != 'api-token',
        dictGetOrDefault('client_rules_dictionary', 'method', user_agent, 'other'),
        credential_kind IN ('service-account-token', 'oidc-token', 'openshift-oauth', 'static-or-bootstrap-token', 'eks-iam', 'unknown'),
        'api-token',
        'other')
