-- sensitive_kind_of(verb, api_group, resource, subresource): what makes a request worth an auditor's look; empty for all others. That somebody
-- acted as another is seen in impersonated_user, not here.
CREATE OR REPLACE FUNCTION sensitive_kind_of AS (verb, api_group, resource, subresource) ->
    multiIf(
        resource = 'pods' AND subresource IN ('exec', 'attach'), 'shell in a pod',
        resource = 'pods' AND subresource = 'portforward', 'tunnel into a pod',
        subresource = 'proxy' AND resource IN ('pods', 'nodes', 'services'), 'proxy into the cluster',
        subresource = 'ephemeralcontainers', 'debug container',
        resource = 'secrets' AND verb IN ('get', 'list', 'watch'), 'secrets read',
        resource = 'secrets', 'secrets changed',
        resource = 'serviceaccounts' AND subresource = 'token', 'token issued',
        NOT is_write(verb, resource, subresource), '',
        api_group IN ('rbac.authorization.k8s.io', 'authorization.openshift.io'), 'rights changed',
        resource IN ('groups', 'users', 'identities', 'useridentitymappings', 'securitycontextconstraints', 'oauths'), 'rights changed',
        resource = 'certificatesigningrequests', 'certificate requested',
        endsWith(resource, 'webhookconfigurations') OR startsWith(resource, 'validatingadmissionpolic'), 'admission changed',
        resource = 'namespaces' AND subresource = '' AND verb = 'delete', 'namespace deleted',
        '')
