-- title: Shared and nameless identities
-- question: Which identities are used by more than one person, or carry no person's name?
-- proves: Sessions under built-in administrators' names, and one certificate or access key in use from two addresses at the same time.
-- cannot: Two people at one address, or one after the other. A person with two networks looks like two people.
-- attention: an identity without a person's name was used
-- fail: one credential was in use at two addresses at the same time
-- none: pass; no shared and no nameless identity was seen in use
-- next: hygiene
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column credential_kind: kind of the credential
-- column credential_id: credential id, the platform's own text
-- column first_at: the first of them
-- column last_at: the last of them
-- column addresses: client addresses
-- column sessions: sessions in the period
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(overlaps > 0, 'fail', 'attention') AS status,
    if(overlaps > 0, 'one credential was in use at two addresses at the same time', 'an identity without a person''s name was used') AS finding,
    actor,
    credential_kind,
    credential_id,
    first_at,
    last_at,
    addresses,
    sessions,
    audit_id
FROM
(
    SELECT
        cluster,
        actor,
        credential_kind,
        credential_id,
        min(started_at) AS first_at,
        max(last_seen_at) AS last_at,
        arrayStringConcat(arraySort(arrayDistinct(arrayFlatten(groupArray(sessions.addresses)))), ', ') AS addresses,
        count() AS sessions,
        argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id,
        arraySort(groupArray((started_at, last_seen_at, toString(client_ip)))) AS spans,
        if(
            credential_kind IN ('x509', 'eks-iam') AND credential_id != '',
            arrayCount(
                (span, index) -> arrayExists(other -> other.3 != span.3 AND other.1 <= span.2, arraySlice(spans, index + 1)),
                spans,
                arrayEnumerate(spans)),
            0) AS overlaps
    FROM sessions
    WHERE last_seen_at >= {since:DateTime64(6, 'UTC')}
        AND started_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor,
        credential_kind,
        credential_id
    HAVING overlaps > 0 OR is_break_glass(actor)
)
