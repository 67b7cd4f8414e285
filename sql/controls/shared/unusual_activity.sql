-- title: Unusual activity
-- question: What happened that somebody should have looked at?
-- proves: Logins right after failed attempts from the same address, one address trying many targets or many names or again and again, and known users refused again and again.
-- cannot: What is usual for you. A person who mistyped looks like a person who guessed right; a silent thief with a valid credential is not here.
-- attention: something that should have been looked at
-- none: pass; nothing of the kind was seen
-- next: failed
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_attempts: attempts of one burst that need no attention
-- value most_attempts: 10
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column at: when it happened, or began
-- column actor: who acted; with impersonation the real actor
-- column client_ip: address of the client; empty when unknown
-- column count: failed attempts, targets, names, or refused targets
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    'attention' AS status,
    'a login after failed attempts from the same address' AS finding,
    login_at AS at,
    toString(actor) AS actor,
    toString(client_ip) AS client_ip,
    attempts AS count,
    evidence_ids[1] AS audit_id
FROM logins_after_failures
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    multiIf(
        distinct_targets >= 4, 'one address tried many targets',
        length(names_tried) >= 4, 'one address tried many names',
        'one address tried again and again') AS finding,
    started_at AS at,
    arrayStringConcat(names_tried, ', ') AS actor,
    toString(client_ip) AS client_ip,
    multiIf(distinct_targets >= 4, distinct_targets, length(names_tried) >= 4, toUInt64(length(names_tried)), attempts) AS count,
    evidence_ids[1] AS audit_id
FROM failed_attempt_bursts
WHERE (distinct_targets >= 4 OR length(names_tried) >= 4 OR attempts > {most_attempts:UInt32})
    AND ended_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    'a known user was refused again and again within a day' AS finding,
    min(denied_at) AS at,
    toString(actor) AS actor,
    arrayStringConcat(arraySort(groupUniqArray(toString(client_ip))), ', ') AS client_ip,
    uniqExact(target) AS count,
    argMin(evidence_ids[1], (denied_at, evidence_ids[1])) AS audit_id
FROM denied_requests
WHERE actor_kind = 'human'
    AND denied_at >= {since:DateTime64(6, 'UTC')}
    AND denied_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    toDate(denied_at)
HAVING count >= 5
