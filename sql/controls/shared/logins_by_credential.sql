-- title: How people came in
-- question: With which kinds of credentials did people come in?
-- proves: Every login with the kind of its credential and its method, and whether the platform recorded it or it was inferred.
-- cannot: A second factor: it is asked for by the identity provider and leaves no trace in the audit log.
-- pass: a credential that names one person and ends by itself
-- attention: a certificate, a static token, or a credential of unknown kind
-- none: attention; nobody logged in
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column credential_kind: kind of the credential
-- column method: how people came in: a hint
-- column confidence: recorded or inferred
-- column logins: logins
-- column people: different people
-- column first_at: the first of them
-- column last_at: the last of them
SELECT
    cluster,
    if(credential_kind IN ('oidc-token', 'openshift-oauth', 'eks-iam', 'impersonating-proxy'), 'pass', 'attention') AS status,
    if(status = 'pass', 'names one person and ends by itself', 'does not end by itself, or its kind is unknown') AS finding,
    credential_kind,
    method,
    confidence,
    count() AS logins,
    uniqExact(actor) AS people,
    min(login_at) AS first_at,
    max(login_at) AS last_at
FROM logins
WHERE actor_kind = 'human'
    AND login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    credential_kind,
    method,
    confidence
