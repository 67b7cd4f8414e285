-- title: Shells and debug containers
-- question: Who opened shells in running containers, or added containers to running pods?
-- proves: Every shell, debug container, tunnel and proxy connection that a person or a service account opened, one row a connection.
-- cannot: What was run inside: the audit log ends at the connection.
-- pass: opened outside of system namespaces
-- attention: opened in a system namespace, or a container was added to a running pod
-- none: pass; nobody opened a shell, a tunnel or a debug container
-- next: access
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: when the API server received the request
-- column actor: who acted; with impersonation the real actor
-- column client_ip: address of the client; empty when unknown
-- column client: program by the user agent: a hint
-- column kind: what makes it worth a look
-- column namespace: namespace; empty for what belongs to none
-- column target: what was asked for, in words
-- column outcome: what became of it
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(kind = 'debug container' OR match(namespace, '^(kube-|openshift-)'), 'attention', 'pass') AS status,
    multiIf(
        kind = 'debug container', 'a container was added to a running pod',
        match(namespace, '^(kube-|openshift-)'), 'in a system namespace',
        'names its user') AS finding,
    requested_at AS at,
    actor,
    client_ip,
    client,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    namespace,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
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
            AND subresource IN ('exec', 'attach', 'portforward', 'ephemeralcontainers')
            AND actor_kind IN ('human', 'service-account')
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND subresource IN ('exec', 'attach', 'portforward', 'ephemeralcontainers')
    AND actor_kind IN ('human', 'service-account')
