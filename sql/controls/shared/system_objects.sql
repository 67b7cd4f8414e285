-- title: System-level objects made and deleted
-- question: Who made or deleted objects that the whole cluster depends on?
-- proves: Making and deleting namespaces, nodes, custom resource definitions, admission webhooks and policies, API services, storage classes, volumes and security constraints is on record.
-- cannot: Objects that exist only on a host, and in the cloud provider.
-- pass: the action names its user
-- attention: an identity without a person's name was used, a namespace was deleted, or what guards admission was changed
-- none: attention; no such action was recorded: either there was none, or the audit policy leaves it out
-- next: privileges
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param system_resources: regular expression of the resources that count as system-level
-- value system_resources: ^(namespaces|projects|projectrequests|nodes|customresourcedefinitions|.*webhookconfigurations|.*admissionpolic(y|ies|ybindings)|apiservices|storageclasses|priorityclasses|persistentvolumes|ingressclasses|runtimeclasses|securitycontextconstraints)$
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: when the API server received the request
-- column actor: who acted; with impersonation the real actor
-- column client_ip: address of the client; empty when unknown
-- column target: what was asked for, in words
-- column outcome: what became of it
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(outcome = 'success' AND (is_break_glass(actor) OR verb LIKE 'delete%' AND resource = 'namespaces' OR admission), 'attention', 'pass') AS status,
    multiIf(
        outcome != 'success', 'tried and not done',
        is_break_glass(actor), 'an identity without a person''s name was used',
        verb LIKE 'delete%' AND resource = 'namespaces', 'a namespace was deleted',
        admission, 'what guards admission was changed',
        'the action names its user') AS finding,
    requested_at AS at,
    actor,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    audit_id
FROM
(
    SELECT
        *,
        endsWith(resource, 'webhookconfigurations') OR match(resource, '^(validating|mutating)admissionpolic') AS admission
    FROM requests
    WHERE (cluster, requested_at) IN
        (
            SELECT
                cluster,
                requested_at
            FROM events
            WHERE requested_at >= {since:DateTime64(6, 'UTC')}
                AND requested_at < {until:DateTime64(6, 'UTC')}
                AND verb IN ('create', 'delete', 'deletecollection')
                AND match(resource, {system_resources:String})
                AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
        )
        AND verb IN ('create', 'delete', 'deletecollection')
        AND match(resource, {system_resources:String})
        AND subresource = ''
        AND actor_kind NOT IN ('node', 'control-plane')
)
