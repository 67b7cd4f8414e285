-- title: Repeated guesses at one name
-- question: Was anybody allowed to guess on after the limit of failed attempts?
-- proves: More failed attempts with one user name within the time of a lockout than the limit: no lockout stopped them.
-- cannot: Anything where no source names the user: a kube-apiserver's 401 names nobody, so plain Kubernetes cannot evidence a lockout. Load the logs of the identity provider. One that answers a locked account as it answers a wrong password looks as if it had not locked it; how long a lockout lasted is in its own log.
-- pass: failed attempts stayed within the limit, or none is on record where they would name the user
-- fail: more failed attempts than the limit within the time of a lockout
-- none: not-applicable; no log that names the user of a failed attempt is here: a lockout is a matter of the identity provider
-- next: failed
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_attempts: failed attempts after which a lockout must begin
-- value most_attempts: 10
-- param lockout_seconds: how long a lockout must last, in seconds
-- value lockout_seconds: 1800
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: name that was tried; empty in the row that says where attempts would be recorded
-- column attempts: failed attempts in the period
-- column most_at_once: most failed attempts within the time of a lockout
-- column first_at: the first of them; empty where there is none
-- column last_at: the last of them; empty where there is none
-- column addresses: client addresses
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(most_at_once > {most_attempts:UInt32}, 'fail', 'pass') AS status,
    if(most_at_once > {most_attempts:UInt32}, 'more attempts than the limit were answered', 'within the limit') AS finding,
    actor,
    attempts,
    most_at_once,
    toNullable(first_at) AS first_at,
    toNullable(last_at) AS last_at,
    addresses,
    audit_id
FROM
(
    SELECT
        cluster,
        actor,
        count() AS attempts,
        max(at_once) AS most_at_once,
        min(attempted_at) AS first_at,
        max(attempted_at) AS last_at,
        arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
        argMin(evidence_ids[1], (attempted_at, evidence_ids[1])) AS audit_id
    FROM
    (
        SELECT
            cluster,
            actor,
            attempted_at,
            client_ip,
            evidence_ids,
            count() OVER (
                PARTITION BY cluster, actor
                ORDER BY toUnixTimestamp(attempted_at)
                RANGE BETWEEN {lockout_seconds:UInt32} PRECEDING AND CURRENT ROW) AS at_once
        FROM failed_attempts
        WHERE actor != ''
            AND class IN ('bad-password', 'idp-denied')
            AND NOT match(reason, '(?i)disabled|locked')
            AND attempted_at >= {since:DateTime64(6, 'UTC')}
            AND attempted_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    )
    GROUP BY
        cluster,
        actor
)
UNION ALL
SELECT
    cluster,
    'pass' AS status,
    concat('attempts with a name are recorded by ', arrayStringConcat(arrayFilter(name -> name IN ('oauth-server', 'dex', 'keycloak'), components), ', ')) AS finding,
    '' AS actor,
    toUInt64(0) AS attempts,
    toUInt64(0) AS most_at_once,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS first_at,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS last_at,
    '' AS addresses,
    '' AS audit_id
FROM clusters
WHERE hasAny(components, ['oauth-server', 'dex', 'keycloak'])
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
