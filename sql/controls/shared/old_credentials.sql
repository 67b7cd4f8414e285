-- title: Credentials in use for long
-- question: Which credentials have been in use for longer than they should?
-- proves: Every certificate, access key and token with an id that was used again and again over a longer time than its kind should live.
-- cannot: The time a credential was valid before its first and after its last use. Credentials without an id: static tokens, and all certificates before Kubernetes 1.32.
-- attention: in use for longer than the limit, or the record is too young to tell
-- none: pass; no credential was in use for longer than the limit
-- next: hygiene
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param certificate_days: days that a certificate may be in use
-- value certificate_days: 365
-- param token_days: days that any other credential may be in use
-- value token_days: 1
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column credential_kind: kind of the credential
-- column credential_id: credential id, the platform's own text
-- column first_at: first use in the whole record
-- column last_at: last use in the period
-- column days: days between them
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    'in use for longer than the limit' AS finding,
    actor,
    credential_kind,
    credential_id,
    min(started_at) AS first_at,
    max(last_seen_at) AS last_at,
    dateDiff('day', first_at, last_at) AS days,
    argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
FROM sessions
WHERE credential_id != ''
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    credential_kind,
    credential_id
HAVING last_at >= {since:DateTime64(6, 'UTC')}
    AND days > if(credential_kind = 'x509', {certificate_days:UInt32}, {token_days:UInt32})
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    concat('the record is too young to tell: it reaches back ', toString(dateDiff('day', first_event_at, {until:DateTime64(6, 'UTC')})), ' days only') AS finding,
    '' AS actor,
    'x509' AS credential_kind,
    '' AS credential_id,
    first_event_at AS first_at,
    first_event_at AS last_at,
    toInt64(0) AS days,
    '' AS audit_id
FROM clusters
WHERE first_event_at > {until:DateTime64(6, 'UTC')} - toIntervalDay({certificate_days:UInt32})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
