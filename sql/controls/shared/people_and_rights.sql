-- title: Who has access, and uses which rights
-- question: Who came in, since when is the person known, and were administrative rights used?
-- proves: Every person who was active: first and last seen, credentials, addresses, changes, refusals, and use of all rights. The list for a review of access.
-- cannot: Rights that were not used, and people who never came. In a period in which the record begins, everybody is new. Names of leavers must be compared with your own list.
-- pass: known before the period, without administrative rights
-- attention: new in the period, or used administrative rights
-- none: attention; nobody was active
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column known_since: first activity in the whole record
-- column last_at: last activity in the period
-- column sessions: sessions in the period
-- column requests: distinct requests
-- column writes: requests that change something
-- column denied: requests refused by authorization
-- column privileged: requests that all rights allowed
-- column credential_kinds: kinds of credentials
-- column audit_id: auditID of the decisive event
SELECT
    people.cluster AS cluster,
    if(known_since >= {since:DateTime64(6, 'UTC')} OR rights.privileged > 0, 'attention', 'pass') AS status,
    multiIf(
        rights.privileged > 0, 'used administrative rights',
        known_since >= {since:DateTime64(6, 'UTC')}, 'first seen in this period',
        'known before') AS finding,
    people.actor AS actor,
    known_since,
    last_at,
    sessions,
    requests,
    writes,
    denied,
    rights.privileged AS privileged,
    credential_kinds,
    audit_id
FROM
(
    SELECT
        cluster,
        toString(actor) AS actor,
        min(started_at) AS known_since,
        maxIf(last_seen_at, started_at < {until:DateTime64(6, 'UTC')}) AS last_at,
        countIf(last_seen_at >= {since:DateTime64(6, 'UTC')} AND started_at < {until:DateTime64(6, 'UTC')}) AS sessions,
        sumIf(sessions.requests, last_seen_at >= {since:DateTime64(6, 'UTC')} AND started_at < {until:DateTime64(6, 'UTC')}) AS requests,
        sumIf(sessions.writes, last_seen_at >= {since:DateTime64(6, 'UTC')} AND started_at < {until:DateTime64(6, 'UTC')}) AS writes,
        sumIf(sessions.denied, last_seen_at >= {since:DateTime64(6, 'UTC')} AND started_at < {until:DateTime64(6, 'UTC')}) AS denied,
        arrayStringConcat(arraySort(groupUniqArray(toString(credential_kind))), ', ') AS credential_kinds,
        argMin(first_audit_id, (started_at, first_audit_id)) AS audit_id
    FROM sessions
    WHERE actor_kind = 'human'
        AND started_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor
    HAVING sessions > 0
) AS people
LEFT JOIN
(
    SELECT
        cluster,
        toString(actor) AS actor,
        uniqExact(requested_at, audit_id) AS privileged
    FROM events
    WHERE is_privileged(actor_groups, decision_reason)
        AND actor_kind = 'human'
        AND requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        actor
) AS rights ON rights.cluster = people.cluster AND rights.actor = people.actor
