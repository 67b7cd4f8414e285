-- title: Changes of identities, credentials and rights
-- question: Who changed who may do what?
-- proves: Role bindings, roles, service accounts, tokens issued by people, certificate requests, users, groups and identities: every change through the API is on record, one row a request.
-- cannot: Changes in the identity provider, in a cloud provider's IAM, or of files on a host. What exactly was given, where the audit policy keeps no bodies.
-- pass: the change names its user
-- attention: all rights were given, or an identity without a person's name made the change
-- fail: somebody without credentials made the change
-- none: attention; no change of rights was recorded: either there was none, or the audit policy leaves it out
-- next: privileges
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: when the API server received the request
-- column actor: who acted; with impersonation the real actor
-- column acting_as: whom the actor acted as; empty without impersonation
-- column client_ip: address of the client; empty when unknown
-- column target: what was asked for, in words
-- column outcome: what became of it
-- column kind: what makes it worth a look
-- column role: role that a binding gives; empty where no body is logged
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    multiIf(
        outcome = 'success' AND actor_kind IN ('anonymous', 'unauthenticated'), 'fail',
        outcome = 'success' AND role = 'cluster-admin' OR is_break_glass(actor), 'attention',
        'pass') AS status,
    multiIf(
        outcome != 'success', 'tried and not done',
        actor_kind IN ('anonymous', 'unauthenticated'), 'changed without credentials',
        role = 'cluster-admin', 'all rights were given',
        is_break_glass(actor), 'an identity without a person''s name was used',
        'the change names its user') AS finding,
    requested_at AS at,
    actor,
    impersonated_user AS acting_as,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    multiIf(
        sensitive_kind_of(verb, api_group, resource, subresource) != '', sensitive_kind_of(verb, api_group, resource, subresource),
        'service account changed') AS kind,
    JSONExtractString(raw, 'requestObject', 'roleRef', 'name') AS role,
    audit_id
FROM requests
WHERE (cluster, requested_at) IN
    (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND actor_kind NOT IN ('node', 'control-plane')
            AND (sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested')
                OR (sensitive_kind_of(verb, api_group, resource, subresource) = 'token issued' AND is_session_actor(actor_kind, user_agent))
                OR (resource = 'serviceaccounts' AND is_write(verb, resource, subresource) AND subresource = ''))
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND actor_kind NOT IN ('node', 'control-plane')
    AND (sensitive_kind_of(verb, api_group, resource, subresource) IN ('rights changed', 'certificate requested')
        OR (sensitive_kind_of(verb, api_group, resource, subresource) = 'token issued' AND is_session_actor(actor_kind, user_agent))
        OR (resource = 'serviceaccounts' AND is_write(verb, resource, subresource) AND subresource = ''))
