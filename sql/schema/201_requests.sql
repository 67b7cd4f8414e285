-- Read in the order of the primary key, so that of the copies and stages of a request the best comes first and the rest is skipped while
-- streaming: 5 million rows take less than half a second where FINAL or argMax take many.
CREATE OR REPLACE VIEW requests
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster, chosen at load.',
    platform LowCardinality(String) COMMENT 'What this event alone shows: openshift, eks, gke, aks, k3s, rke2, else kubernetes. The platform of the whole cluster is in clusters.',
    component LowCardinality(String) COMMENT 'API server that wrote the event.',
    audit_id String COMMENT 'auditID of the request. A client may choose it: never unique by itself.',
    stage LowCardinality(String) COMMENT 'RequestReceived, ResponseStarted, ResponseComplete or Panic.',
    level LowCardinality(String) COMMENT 'Metadata, Request or RequestResponse: how much the audit policy recorded.',
    requested_at DateTime64(6, 'UTC') COMMENT 'When the API server received the request (requestReceivedTimestamp).',
    stage_at DateTime64(6, 'UTC') COMMENT 'When the stage was reached (stageTimestamp); hours after requested_at for a watch or an exec.',
    ingested_at DateTime64(6, 'UTC') COMMENT 'When the loader delivered the copy that is kept.',
    verb LowCardinality(String) COMMENT 'Kubernetes verb of a resource request, otherwise the lower-cased HTTP method.',
    request_uri String COMMENT 'Path and query of the request; tokens redacted.',
    api_group LowCardinality(String) COMMENT 'API group of the resource; empty for the core group and for non-resource requests.',
    api_version LowCardinality(String) COMMENT 'API version of the resource.',
    resource LowCardinality(String) COMMENT 'Plural resource name, such as pods; empty for non-resource requests.',
    subresource LowCardinality(String) COMMENT 'Subresource, such as exec, log, status, token; else empty.',
    namespace LowCardinality(String) COMMENT 'Namespace; empty for cluster-wide requests.',
    name String COMMENT 'Object name; empty for list, watch and for create with a generated name.',
    actor LowCardinality(String) COMMENT 'user.username: who really asked. Empty for a failed authentication (401): nobody can know.',
    actor_uid LowCardinality(String) COMMENT 'user.uid; empty for certificates.',
    actor_groups Array(LowCardinality(String)) COMMENT 'user.groups.',
    actor_extra Map(LowCardinality(String), Array(String)) COMMENT 'user.extra: credential id, pod, node, scopes, IAM identity.',
    impersonated_user LowCardinality(String) COMMENT 'Whom the actor acted as (impersonatedUser.username); empty without impersonation.',
    impersonated_groups Array(LowCardinality(String)) COMMENT 'Groups of the impersonated user.',
    effective_user LowCardinality(String) COMMENT 'The identity the request was authorized as: impersonated_user, else actor.',
    actor_kind LowCardinality(String) COMMENT 'human, service-account, node, control-plane, cloud-service, anonymous or unauthenticated; by the rows of actor_rules.',
    credential_kind LowCardinality(String) COMMENT 'x509, service-account-token, oidc-token, openshift-oauth, eks-iam, static-or-bootstrap-token, impersonating-proxy, anonymous, none or unknown.',
    credential_id String COMMENT 'The platform''s own text: X509SHA256=…, JTI=…, an AWS access key id; empty where the platform gives none.',
    source_ips Array(LowCardinality(String)) COMMENT 'sourceIPs as logged. All but the last can be forged by the caller.',
    peer_ip LowCardinality(String) COMMENT 'Canonical last entry of source_ips: the TCP peer. Empty when unknown.',
    client_ip LowCardinality(String) COMMENT 'Canonical client address: the first entry from the right that is no trusted proxy. Empty when unknown.',
    client_ip_evidence LowCardinality(String) COMMENT 'peer (the TCP peer itself), forwarded (named by a trusted proxy), access-log, or empty when unknown.',
    user_agent LowCardinality(String) COMMENT 'User-Agent header; chosen by the client, so a hint.',
    client LowCardinality(String) COMMENT 'Program named by the user agent (kubectl, oc, browser, …) by the rows of client_rules.',
    code UInt16 COMMENT 'HTTP status; 0 while the request is in progress.',
    status LowCardinality(String) COMMENT 'responseStatus.status: Success or Failure; usually empty on success.',
    reason LowCardinality(String) COMMENT 'responseStatus.reason, such as Forbidden.',
    message String COMMENT 'responseStatus.message; tokens redacted.',
    decision LowCardinality(String) COMMENT 'authorization.k8s.io/decision: allow or forbid; empty when authorization was not reached.',
    decision_reason LowCardinality(String) COMMENT 'authorization.k8s.io/reason: the RBAC binding that allowed it.',
    annotations Map(LowCardinality(String), String) COMMENT 'All other audit annotations.',
    outcome LowCardinality(String) COMMENT 'success, unauthenticated, forbidden, not-found, conflict, invalid, throttled, client-error, server-error or in-progress.',
    redacted Array(LowCardinality(String)) COMMENT 'Names of the redaction rules that hit this record.',
    batch_id LowCardinality(String) COMMENT 'Batch that delivered the copy that is kept; see batches.',
    raw String COMMENT 'The whole event as canonical JSON, redacted.'
)
AS
SELECT * EXCEPT (richness)
FROM events
ORDER BY
    cluster,
    requested_at,
    audit_id,
    component,
    (stage_rank_of(stage), richness) DESC
LIMIT 1 BY
    cluster,
    requested_at,
    audit_id,
    component
COMMENT 'One row per request that a client made, in its last known stage; copies are gone. What people query.'
