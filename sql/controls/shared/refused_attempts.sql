-- title: Refused attempts to get in
-- question: Who was refused, from where, and how often?
-- proves: Every kind of refused attempt that the loaded logs hold, by its class: wrong passwords, dead tokens, credentials that were not accepted, callers without any, principals that no mapping knows. Grouped into bursts of one class, address and program.
-- cannot: Who it was, where the platform does not say: a kube-apiserver's 401 names nobody. What fails before HTTP, such as a broken TLS handshake. A known user refused by authorization is not here: its requests are `denied_requests`.
-- pass: a few attempts
-- attention: more attempts in one burst than the limit, or four and more different targets
-- none: attention; no refused attempt was recorded: either there was none, or the audit policy leaves them out
-- next: failed
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_attempts: attempts of one burst that need no attention
-- value most_attempts: 10
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column started_at: first attempt of the burst
-- column ended_at: last attempt of the burst
-- column class: what was refused
-- column client_ip: address of the client; empty when unknown
-- column client: program by the user agent: a hint
-- column names_tried: names tried; empty where nobody can know
-- column attempts: attempts in the burst
-- column distinct_targets: different things that were asked for
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(attempts > {most_attempts:UInt32} OR distinct_targets >= 4, 'attention', 'pass') AS status,
    multiIf(
        distinct_targets >= 4, 'many different targets were tried',
        attempts > {most_attempts:UInt32}, 'more attempts than the limit',
        'refused and recorded') AS finding,
    started_at,
    ended_at,
    class,
    client_ip,
    client,
    arrayStringConcat(names_tried, ', ') AS names_tried,
    attempts,
    distinct_targets,
    evidence_ids[1] AS audit_id
FROM failed_attempt_bursts
WHERE ended_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
