-- title: Service accounts used by hand
-- question: Which service accounts did people use?
-- proves: Tokens of service accounts that were used with a program for people: kubectl, oc, a browser and others that `client_rules` name.
-- cannot: A script with a program for people looks the same, and a person who changes the user agent is not seen. Who held the token is in no log.
-- fail: a service account was used with a program for people
-- none: pass; no service account was used with a program for people
-- next: hygiene
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column first_at: the first of them
-- column last_at: the last of them
-- column clients: programs by their user agents
-- column addresses: client addresses
-- column sessions: sessions in the period
-- column requests: distinct requests
-- column writes: requests that change something
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'fail' AS status,
    'used with a program for people' AS finding,
    actor,
    min(started_at) AS first_at,
    max(last_seen_at) AS last_at,
    arrayStringConcat(arraySort(arrayDistinct(arrayFlatten(groupArray(sessions.clients)))), ', ') AS clients,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS addresses,
    count() AS sessions,
    sum(sessions.requests) AS requests,
    sum(sessions.writes) AS writes,
    argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
FROM sessions
WHERE actor_kind = 'service-account'
    AND last_seen_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor
