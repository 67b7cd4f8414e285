-- title: Access from outside
-- question: From which public addresses did people come?
-- proves: Every public address from which a person came, and whether the person had ever come from there before.
-- cannot: Whether an address is new where the record begins in the period: then every address is. Where an address is in the world. Behind a load balancer or a proxy that is not trusted by the configuration, all addresses are its own.
-- pass: the person has come from this address before
-- attention: the person came from this address for the first time
-- none: pass; nobody came from a public address
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column client_ip: address of the client; empty when unknown
-- column client_ip_evidence: where the address comes from
-- column known_since: first session of the person from this address
-- column last_at: the last of them
-- column sessions: sessions in the period
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(known_since >= {since:DateTime64(6, 'UTC')}, 'attention', 'pass') AS status,
    if(known_since >= {since:DateTime64(6, 'UTC')}, 'for the first time from this address', 'known address') AS finding,
    actor,
    client_ip,
    client_ip_evidence,
    known_since,
    last_at,
    sessions,
    audit_id
FROM
(
    SELECT
        cluster,
        actor,
        client_ip,
        max(client_ip_evidence) AS client_ip_evidence,
        min(started_at) AS known_since,
        max(last_seen_at) AS last_at,
        countIf(last_seen_at >= {since:DateTime64(6, 'UTC')}) AS sessions,
        argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
    FROM sessions
    WHERE started_at < {until:DateTime64(6, 'UTC')}
        AND client_ip != ''
        AND NOT is_private_address(client_ip)
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor,
        client_ip
    HAVING sessions > 0
)
