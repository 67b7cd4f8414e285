-- title: Access to secrets and into pods
-- question: Which person reached secrets, or into a running pod?
-- proves: Each access of a person to a secret, a shell, a tunnel or a debug container left a record that names the person, grouped by person, kind and namespace.
-- cannot: What was typed in a shell, what went through a tunnel, which keys of a secret were looked at, and data that applications read for their users. Name the namespaces that hold protected data, or all are listed.
-- pass: the access names one person
-- attention: an identity without a person's name was used, or the access was refused at least once
-- none: attention; no access of a person was recorded: either there was none, or the audit policy leaves it out
-- next: access
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param namespaces: regular expression of the namespaces that hold protected data
-- value namespaces: .*
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column kind: what makes it worth a look
-- column namespace: namespace; empty for what belongs to none
-- column first_at: the first of them
-- column last_at: the last of them
-- column requests: distinct requests
-- column refused: requests refused by authorization
-- column addresses: client addresses
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(is_break_glass(actor) OR refused > 0, 'attention', 'pass') AS status,
    multiIf(
        is_break_glass(actor), 'an identity without a person''s name was used',
        refused > 0, 'refused at least once',
        'the access names its user') AS finding,
    actor,
    sensitive_kind_of(verb, api_group, resource, subresource) AS kind,
    namespace,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    count() AS requests,
    countIf(is_denied(code, decision)) AS refused,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
    argMin(audit_id, (requested_at, audit_id)) AS audit_id
FROM requests
WHERE (cluster, requested_at) IN
    (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read', 'secrets changed', 'shell in a pod', 'tunnel into a pod', 'proxy into the cluster', 'debug container')
            AND is_session_actor(actor_kind, user_agent)
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    AND sensitive_kind_of(verb, api_group, resource, subresource) IN ('secrets read', 'secrets changed', 'shell in a pod', 'tunnel into a pod', 'proxy into the cluster', 'debug container')
    AND is_session_actor(actor_kind, user_agent)
    AND match(namespace, {namespaces:String})
GROUP BY
    cluster,
    actor,
    kind,
    namespace
