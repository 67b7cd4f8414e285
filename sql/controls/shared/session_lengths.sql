-- title: How long sessions last
-- question: How long did sessions last, and how did they end?
-- proves: Sessions by kind of credential, and how they ended: logout, revocation and expiry where the platform records or computes them, else silence.
-- cannot: That a session was cut off after a silence: without a logout, a revocation or a known lifetime the credential goes on being valid, and only the silence itself is seen.
-- pass: no session was longer than the limit, and some were ended
-- attention: a session was longer than the limit, or no end but silence is known
-- none: pass; there was no session
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param most_hours: longest session that needs no attention, in hours
-- value most_hours: 24
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column credential_kind: kind of the credential
-- column sessions: sessions in the period
-- column too_long: sessions longer than the limit
-- column ended: sessions that ended by logout, revocation or expiry
-- column longest_hours: longest session, in hours
-- column ends: how they ended, and how often
SELECT
    cluster,
    if(too_long > 0 OR ended = 0, 'attention', 'pass') AS status,
    multiIf(too_long > 0, 'sessions longer than the limit', ended = 0, 'no end but silence is known', 'within the limit') AS finding,
    credential_kind,
    sessions,
    too_long,
    ended,
    longest_hours,
    ends
FROM
(
    SELECT
        cluster,
        credential_kind,
        sum(number) AS sessions,
        sum(long_ones) AS too_long,
        sumIf(number, end_reason IN ('logout', 'revoked', 'expired')) AS ended,
        round(max(longest) / 3600, 1) AS longest_hours,
        arrayStringConcat(arrayMap(end -> concat(end.1, ' ', toString(end.2)), arraySort(groupArray((toString(end_reason), number)))), ', ') AS ends
    FROM
    (
        SELECT
            cluster,
            credential_kind,
            end_reason,
            count() AS number,
            countIf(duration_seconds > {most_hours:UInt32} * 3600) AS long_ones,
            max(duration_seconds) AS longest
        FROM sessions
        WHERE last_seen_at >= {since:DateTime64(6, 'UTC')}
            AND started_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
        GROUP BY
            cluster,
            credential_kind,
            end_reason
    )
    GROUP BY
        cluster,
        credential_kind
)
