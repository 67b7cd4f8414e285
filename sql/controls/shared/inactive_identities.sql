-- title: Identities that nobody uses
-- question: Who has not been seen for long, and who came back after long?
-- proves: People who were seen before and then not for longer than the limit. Somebody who came back after that had access all the time.
-- cannot: Whether an unused account is closed: the audit log shows use, not rights. Who never came cannot be seen at all.
-- attention: not seen for longer than the limit: check that the access is closed; or the record is too young to tell
-- fail: came back after longer than the limit: the access was not closed
-- none: pass; nobody who is known was away for longer than the limit
-- next: hygiene
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param inactive_days: days without use after which access must be closed
-- value inactive_days: 90
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column actor: who acted; with impersonation the real actor
-- column last_seen_at: last activity before the end of the period
-- column away_since: when the long silence began
-- column back_at: when the person came back; empty if not
-- column away_days: days of silence
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(back_at IS NULL, 'attention', 'fail') AS status,
    if(back_at IS NULL, 'not seen for long', 'came back after long') AS finding,
    actor,
    last_seen_at,
    away_since,
    back_at,
    dateDiff('day', away_since, coalesce(back_at, {until:DateTime64(6, 'UTC')})) AS away_days,
    audit_id
FROM
(
    SELECT
        cluster,
        actor,
        seen[-1] AS last_seen_at,
        arrayJoin(arrayFilter(
            silence -> dateDiff('day', silence.1, coalesce(silence.2, {until:DateTime64(6, 'UTC')})) > {inactive_days:UInt32}
                AND (silence.2 IS NULL OR silence.2 >= {since:DateTime64(6, 'UTC')}),
            arrayMap(
                index -> (
                    seen[index],
                    if(index = length(spans), NULL, spans[index + 1].1),
                    if(index = length(spans), spans[index].4, spans[index + 1].3)),
                arrayEnumerate(spans)))) AS silence,
        silence.1 AS away_since,
        silence.2 AS back_at,
        silence.3 AS audit_id
    FROM
    (
        SELECT
            cluster,
            actor,
            arraySort(groupArray((started_at, last_seen_at, first_audit_id, last_audit_id))) AS spans,
            arrayMap(index -> arrayReduce('max', arrayMap(span -> span.2, arraySlice(spans, 1, index))), arrayEnumerate(spans)) AS seen
        FROM sessions
        WHERE actor_kind = 'human'
            AND started_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
        GROUP BY
            cluster,
            actor
    )
)
UNION ALL
SELECT
    cluster,
    'attention' AS status,
    concat('the record is too young to tell: it reaches back ', toString(dateDiff('day', first_event_at, {until:DateTime64(6, 'UTC')})), ' days only') AS finding,
    '' AS actor,
    first_event_at AS last_seen_at,
    first_event_at AS away_since,
    CAST(NULL, 'Nullable(DateTime64(6, \'UTC\'))') AS back_at,
    toInt64(0) AS away_days,
    '' AS audit_id
FROM clusters
WHERE first_event_at > {until:DateTime64(6, 'UTC')} - toIntervalDay({inactive_days:UInt32})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
