-- title: People with a kind of credential that is not for people
-- question: Who came in with a credential that people should not have?
-- proves: People, by name, whose sessions began with a credential of this kind.
-- cannot: Who did not come in during the period. Before Kubernetes 1.32 a certificate is known by the absence of any other sign.
-- fail: a person came in with such a credential
-- none: pass; nobody came in with such a credential
-- next: hygiene
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param credential_kinds: kinds of credentials, with commas between them
-- value credential_kinds: x509
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column credential_kind: kind of the credential
-- column credentials: different credential ids
-- column first_at: the first of them
-- column last_at: the last of them
-- column sessions: sessions in the period
-- column addresses: client addresses
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'fail' AS status,
    'a person came in with a credential that is not for people' AS finding,
    actor,
    credential_kind,
    uniqExact(credential_id) AS credentials,
    min(started_at) AS first_at,
    max(last_seen_at) AS last_at,
    count() AS sessions,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
    argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
FROM sessions
WHERE actor_kind = 'human'
    AND has(splitByChar(',', {credential_kinds:String}), credential_kind)
    AND last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    credential_kind
