-- The events are looked through first, by narrow columns: a filter on code does not pass through the LIMIT BY of requests by itself.
CREATE OR REPLACE VIEW denied_requests
(
    denied_at DateTime64(6, 'UTC') COMMENT 'When the API server received the request.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster, chosen at load.',
    platform LowCardinality(String) COMMENT 'What this event alone shows: openshift, eks, gke, aks, k3s, rke2, else kubernetes. The platform of the whole cluster is in clusters.',
    actor LowCardinality(String) COMMENT 'user.username: who really asked. Empty for a failed authentication (401): nobody can know.',
    actor_kind LowCardinality(String) COMMENT 'human, service-account, node, control-plane, cloud-service, anonymous or unauthenticated; by the rows of actor_rules.',
    effective_user LowCardinality(String) COMMENT 'The identity the request was authorized as: impersonated_user, else actor.',
    client_ip LowCardinality(String) COMMENT 'Canonical client address: the first entry from the right that is no trusted proxy. Empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'peer (the TCP peer itself), forwarded (named by a trusted proxy), access-log, or empty when unknown.',
    client LowCardinality(String) COMMENT 'Program named by the user agent (kubectl, oc, browser, …) by the rows of client_rules.',
    user_agent LowCardinality(String) COMMENT 'User-Agent header; chosen by the client, so a hint.',
    verb LowCardinality(String) COMMENT 'Kubernetes verb of a resource request, otherwise the lower-cased HTTP method.',
    api_group LowCardinality(String) COMMENT 'API group of the resource; empty for the core group and for non-resource requests.',
    resource LowCardinality(String) COMMENT 'Plural resource name, such as pods; empty for non-resource requests.',
    subresource LowCardinality(String) COMMENT 'Subresource, such as exec, log, status, token; else empty.',
    namespace LowCardinality(String) COMMENT 'Namespace; empty for cluster-wide requests.',
    name String COMMENT 'Object name; empty for list, watch and for create with a generated name.',
    target String COMMENT 'What was asked for, in words.',
    reason String COMMENT 'What the server answered.',
    evidence_ids Array(String) COMMENT 'auditID of the request.'
)
AS
SELECT
    requested_at AS denied_at,
    cluster,
    platform,
    actor,
    actor_kind,
    effective_user,
    client_ip,
    client_ip_evidence,
    client,
    user_agent,
    verb,
    api_group,
    resource,
    subresource,
    namespace,
    name,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    message AS reason,
    [audit_id] AS evidence_ids
FROM requests
WHERE (cluster, requested_at) IN (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE is_denied(code, decision))
    AND is_denied(code, decision)
    AND actor_kind NOT IN ('anonymous', 'unauthenticated')
COMMENT 'Known users refused by authorization. Who could not even say who they are is in failed_attempts.'
