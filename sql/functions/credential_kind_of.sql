-- credential_kind_of(actor, credential_id, extra, uid): what kind of credential was shown, as far as the event says it.
CREATE OR REPLACE FUNCTION credential_kind_of AS (actor, credential_id, extra, uid) ->
    multiIf(
        actor = '', 'none',
        actor = 'system:anonymous', 'anonymous',
        startsWith(credential_id, 'X509SHA256='), 'x509',
        mapContains(extra, 'accessKeyId')
            OR mapContains(extra, 'sigs.k8s.io/aws-iam-authenticator/principalId')
            OR startsWith(uid, 'aws-iam-authenticator:')
            OR startsWith(uid, 'heptio-authenticator-aws:'), 'eks-iam',
        mapContains(extra, 'scopes.authorization.openshift.io'), 'openshift-oauth',
        startsWith(actor, 'system:serviceaccount:'), 'service-account-token',
        startsWith(credential_id, 'JTI='), 'oidc-token',
        startsWith(actor, 'system:bootstrap:'), 'static-or-bootstrap-token',
        mapContains(extra, 'principalid'), 'impersonating-proxy',
        'unknown')
