-- title: Interruptions of the record
-- question: When did the record stop, start or change?
-- proves: Hours without any event between the first and the last event of an API server, and changes of what configures or carries the audit log on OpenShift.
-- cannot: Whether a silent hour was quiet or lost. Audit policies in files of a control-plane host change without a record.
-- attention: an hour without any event, or a change of the audit configuration
-- none: pass; no interruption was found
-- next: ingest
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: beginning of the hole, or moment of the change
-- column hours: hours without an event; 0 for a change
-- column component: API server that wrote the events
-- column actor: who acted; with impersonation the real actor
-- column target: what was asked for, in words
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    'no event was received' AS finding,
    toDateTime64(hole_from, 6, 'UTC') AS at,
    hours,
    toString(component) AS component,
    '' AS actor,
    '' AS target,
    '' AS audit_id
FROM holes
WHERE hole_until > {since:DateTime64(6, 'UTC')}
    AND hole_from < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    'the audit configuration was changed' AS finding,
    requested_at AS at,
    toUInt64(0) AS hours,
    toString(component) AS component,
    toString(actor) AS actor,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
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
            AND api_group IN ('config.openshift.io', 'operator.openshift.io', 'logging.openshift.io', 'observability.openshift.io')
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND resource IN ('apiservers', 'authentications', 'kubeapiservers', 'clusterloggings', 'clusterlogforwarders')
    AND subresource = ''
    AND is_write(verb, resource, subresource)
    AND outcome = 'success'
    AND actor_kind NOT IN ('node', 'control-plane')
