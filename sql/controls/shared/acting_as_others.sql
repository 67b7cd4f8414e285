-- title: Acting as somebody else
-- question: Who acted as somebody else?
-- proves: Every person who used impersonation, as whom, and how often it was refused.
-- cannot: Whether the one behind a console or a proxy is who it says: proxies impersonate all their users.
-- pass: a proxy acted for its users
-- attention: a person acted as somebody else, or was refused
-- none: pass; nobody acted as somebody else
-- next: privileges
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column acting_as: whom the actor acted as; empty without impersonation
-- column requests: distinct requests
-- column refused: requests refused by authorization
-- column first_at: the first of them
-- column last_at: the last of them
-- column addresses: client addresses
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(refused > 0 OR by_person, 'attention', 'pass') AS status,
    multiIf(refused > 0, 'was refused', by_person, 'a person acted as somebody else', 'a proxy acted for its user') AS finding,
    actor,
    impersonated_user AS acting_as,
    requests,
    refused,
    first_at,
    last_at,
    addresses,
    audit_id
FROM
(
    SELECT
        cluster,
        actor,
        impersonated_user,
        max(actor_kind = 'human') AS by_person,
        uniqExact(requested_at, events.audit_id) AS requests,
        uniqExactIf((requested_at, events.audit_id), is_denied(code, decision)) AS refused,
        min(requested_at) AS first_at,
        max(requested_at) AS last_at,
        arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
        argMin(events.audit_id, (requested_at, events.audit_id)) AS audit_id
    FROM events
    WHERE impersonated_user != ''
        AND requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor,
        impersonated_user
)
