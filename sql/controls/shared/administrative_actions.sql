-- title: Actions with all rights
-- question: What did people change, or reach, with administrative rights?
-- proves: Every change, and every access to secrets or into pods, that a person made with all rights is on record, one row a request.
-- cannot: Rights given by other roles than cluster-admin and the built-in administrators' groups; what was done on a node or in the cloud provider's own console.
-- pass: the action names one person
-- attention: an identity without a person's name was used
-- none: attention; no action with all rights was recorded: either there was none, or the audit policy leaves it out
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
-- column client: program by the user agent: a hint
-- column target: what was asked for, in words
-- column outcome: what became of it
-- column decision_reason: why it was allowed, in the API server's words
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(is_break_glass(actor), 'attention', 'pass') AS status,
    if(is_break_glass(actor), 'an identity without a person''s name was used', 'the action names its user') AS finding,
    requested_at AS at,
    actor,
    impersonated_user AS acting_as,
    client_ip,
    client,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    decision_reason,
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
            AND is_privileged(actor_groups, decision_reason)
            AND is_session_actor(actor_kind, user_agent)
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND is_privileged(actor_groups, decision_reason)
    AND is_session_actor(actor_kind, user_agent)
    AND (is_write(verb, resource, subresource) OR sensitive_kind_of(verb, api_group, resource, subresource) != '')
