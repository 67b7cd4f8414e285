-- title: Reading of audit logs through the API
-- question: Who read audit logs, or reached where they are kept, through the cluster?
-- proves: Reading logs of nodes through the API, and logs, shells and tunnels of people in the namespaces of API servers and log collectors, is on record.
-- cannot: Reading a file on a control-plane host, in an object store or in a cloud provider's console passes by the API server.
-- attention: somebody reached audit logs or their collectors
-- none: pass; nobody reached audit logs through the API
-- next: access
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param log_namespaces: regular expression of the namespaces in which API servers and log collectors run
-- value log_namespaces: ^(openshift-(logging|kube-apiserver|oauth-apiserver|apiserver|authentication)|logging|observability)$
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: when the API server received the request
-- column actor: who acted; with impersonation the real actor
-- column client_ip: address of the client; empty when unknown
-- column client: program by the user agent: a hint
-- column target: what was asked for, in words
-- column outcome: what became of it
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    if(resource = 'nodes', 'logs of a node were reached', 'a log source or collector was reached') AS finding,
    requested_at AS at,
    actor,
    client_ip,
    client,
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
            AND subresource IN ('proxy', 'log', 'exec', 'attach', 'portforward', 'ephemeralcontainers')
            AND is_session_actor(actor_kind, user_agent)
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND is_session_actor(actor_kind, user_agent)
    AND ((resource = 'nodes' AND subresource IN ('proxy', 'log') AND match(request_uri, '/proxy/logs?(/|$|\\?)'))
        OR (resource = 'pods'
            AND subresource IN ('log', 'exec', 'attach', 'portforward', 'ephemeralcontainers', 'proxy')
            AND (match(namespace, {log_namespaces:String}) OR match(name, '^kube-apiserver-'))))
