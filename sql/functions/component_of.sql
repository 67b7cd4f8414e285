-- component_of(given, request_uri, actor, source_ips, user_agent, code, annotations, bodied): the API server that wrote an event. What is given (by
-- --component, else by the envelope, else by the path of the source) is believed. openshiftAPI is ClusterLogForwarder's word for openshift-apiserver,
-- oauth-apiserver and oauth-server together; nothing at all may be any of the four. Then the content tells: a decision or a page of the login server;
-- for APIs that kube-apiserver hands on, the copy of the aggregated server has a body, or the front server's address at the end of its source
-- addresses. audit-facts 3.1, 3.8. A scanner that asks kube-apiserver for /login is answered with an error and does not look like the login server.
CREATE OR REPLACE FUNCTION component_of AS (given, request_uri, actor, source_ips, user_agent, code, annotations, bodied) ->
    multiIf(
        given NOT IN ('', 'openshiftAPI'), given,
        mapContains(annotations, 'authentication.openshift.io/decision'), 'oauth-server',
        given = 'openshiftAPI', multiIf(
            match(request_uri, '^/apis/(oauth|user)\\.openshift\\.io(/|\\?|$)'), 'oauth-apiserver',
            match(request_uri, '^/(login|logout|oauth|oauth2callback)(/|\\?|$)'), 'oauth-server',
            path(request_uri) IN ('', '/') AND actor = 'system:anonymous', 'oauth-server',
            'openshift-apiserver'),
        is_forwarded(request_uri) AND (length(source_ips) > 1 OR bodied OR (source_ips = ['::1']
            AND startsWith(request_uri, '/apis/oauth.openshift.io/')
            AND NOT startsWith(user_agent, 'kube-apiserver/'))),
        if(match(request_uri, '^/apis/(oauth|user)\\.'), 'oauth-apiserver', 'openshift-apiserver'),
        code BETWEEN 200 AND 399 AND match(request_uri, '^/(login|logout|oauth|oauth2callback)(/|\\?|$)'), 'oauth-server',
        'kube-apiserver')
