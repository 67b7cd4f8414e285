-- Stages are put together while reading in the order of the primary key: the best comes first and the rest is skipped, which takes 5 million rows
-- less than half a second where FINAL or argMax take many. What an aggregated server logged of the same request is left out by a join, for the
-- engine hands a range of time through a join to both its sides and through `IN (SELECT …)` to none: a question about a day reads the pairs of
-- that day. Requests of which such a copy has more than kube-apiserver stand apart: kube-apiserver says who asked, from where and what came of
-- it, the copy has the name and the bodies. They are few where the audit policy records metadata only.
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
SELECT stored.* EXCEPT (richness)
FROM
(
    SELECT *
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
) AS stored
LEFT ANTI JOIN
(
    SELECT
        cluster,
        requested_at,
        audit_id,
        component
    FROM copy_facts
    UNION ALL
    SELECT
        cluster,
        front_at AS requested_at,
        audit_id,
        toLowCardinality('kube-apiserver') AS component
    FROM copy_facts
    WHERE has_more
) AS apart ON apart.cluster = stored.cluster AND apart.requested_at = stored.requested_at AND apart.audit_id = stored.audit_id AND apart.component = stored.component
UNION ALL
WITH level_rank_of(copy.level) > level_rank_of(front.level) AS copy_is_fuller
SELECT
    front.cluster AS cluster,
    front.platform AS platform,
    front.component AS component,
    front.audit_id AS audit_id,
    front.stage AS stage,
    if(copy_is_fuller, copy.level, front.level) AS level,
    front.requested_at AS requested_at,
    front.stage_at AS stage_at,
    if(copy_is_fuller, copy.ingested_at, front.ingested_at) AS ingested_at,
    front.verb AS verb,
    front.request_uri AS request_uri,
    front.api_group AS api_group,
    front.api_version AS api_version,
    front.resource AS resource,
    front.subresource AS subresource,
    front.namespace AS namespace,
    if(front.name = '', copy.name, front.name) AS name,
    front.actor AS actor,
    front.actor_uid AS actor_uid,
    front.actor_groups AS actor_groups,
    front.actor_extra AS actor_extra,
    front.impersonated_user AS impersonated_user,
    front.impersonated_groups AS impersonated_groups,
    front.effective_user AS effective_user,
    front.actor_kind AS actor_kind,
    front.credential_kind AS credential_kind,
    front.credential_id AS credential_id,
    front.source_ips AS source_ips,
    front.peer_ip AS peer_ip,
    front.client_ip AS client_ip,
    front.client_ip_evidence AS client_ip_evidence,
    front.user_agent AS user_agent,
    front.client AS client,
    front.code AS code,
    front.status AS status,
    front.reason AS reason,
    front.message AS message,
    front.decision AS decision,
    front.decision_reason AS decision_reason,
    if(copy_is_fuller, copy.annotations, front.annotations) AS annotations,
    front.outcome AS outcome,
    if(copy_is_fuller, copy.redacted, front.redacted) AS redacted,
    if(copy_is_fuller, copy.batch_id, front.batch_id) AS batch_id,
    if(copy_is_fuller, copy.raw, front.raw) AS raw
FROM
(
    SELECT *
    FROM events
    WHERE component = 'kube-apiserver'
        AND requested_at IN (
            SELECT front_at
            FROM copy_facts
            WHERE has_more)
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
) AS front
INNER JOIN
(
    SELECT
        paired_copy.cluster AS cluster,
        paired_copy.audit_id AS audit_id,
        paired_copy.front_at AS front_at,
        name,
        level,
        ingested_at,
        annotations,
        redacted,
        batch_id,
        raw,
        richness
    FROM events
    INNER JOIN copy_facts AS paired_copy
        ON paired_copy.cluster = events.cluster
        AND paired_copy.requested_at = events.requested_at
        AND paired_copy.audit_id = events.audit_id
        AND paired_copy.component = events.component
    WHERE paired_copy.has_more
        AND requested_at IN (
            SELECT requested_at
            FROM copy_facts
            WHERE has_more)
    ORDER BY
        cluster,
        audit_id,
        front_at,
        (stage_rank_of(stage), richness) DESC
    LIMIT 1 BY
        cluster,
        audit_id,
        front_at
) AS copy ON copy.cluster = front.cluster AND copy.audit_id = front.audit_id AND copy.front_at = front.requested_at
COMMENT 'One row per request that a client made, in its last known stage; copies are gone with the next refresh. What people query.'
