-- platform_of(component, actor, uid, groups, extra, user_agent, request_uri): the platform that one event alone shows; kubernetes when it shows none.
CREATE OR REPLACE FUNCTION platform_of AS (component, actor, uid, groups, extra, user_agent, request_uri) ->
    multiIf(
        component IN ('openshift-apiserver', 'oauth-apiserver', 'oauth-server')
            OR match(actor, '^system:(serviceaccount:)?openshift-|^kube:admin$')
            OR has(groups, 'system:authenticated:oauth')
            OR match(request_uri, '^/apis/[a-z.]+\\.openshift\\.io/')
            OR mapContains(extra, 'scopes.authorization.openshift.io'), 'openshift',
        startsWith(actor, 'eks:')
            OR startsWith(uid, 'aws-iam-authenticator:')
            OR startsWith(uid, 'heptio-authenticator-aws:')
            OR mapContains(extra, 'sigs.k8s.io/aws-iam-authenticator/principalId'), 'eks',
        match(actor, '^system:gke-|^(system:)?[a-z0-9-]+@container-engine-robot\\.iam\\.gserviceaccount\\.com$'), 'gke',
        actor IN ('aksService', 'aks-support', 'nodeclient') OR match(actor, '^system:serviceaccount:(aks-|kube-system:aks)'), 'aks',
        match(user_agent, '^rke2|\\+rke2r'), 'rke2',
        match(user_agent, '^k3s|\\+k3s'), 'k3s',
        'kubernetes')
