-- is_forwarded(request_uri): whether kube-apiserver hands requests for this path to openshift-apiserver or oauth-apiserver (the API groups that
-- OpenShift aggregates; config.openshift.io and others are plain custom resources of kube-apiserver). audit-facts 3.1.
CREATE OR REPLACE FUNCTION is_forwarded AS (request_uri) ->
    startsWith(request_uri, '/apis/')
    AND match(request_uri, '^/apis/(apps|authorization|build|image|oauth|project|quota|route|security|template|user)\\.openshift\\.io(/|\\?|$)')
