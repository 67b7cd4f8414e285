-- title: Tokens that end when nobody uses them
-- question: Do the tokens of people end after a time without use?
-- proves: For each OAuth client, the tokens that were made for people in the period, and whether the platform ends each after a time without use, by the token object itself.
-- cannot: Screens that lock, and consoles that log out by themselves: where these ask again in time, a token may live longer. Tokens that were made before the period.
-- pass: every token ends within the limit when it is not used
-- attention: a token goes on being valid however long it is not used, or for longer than the limit
-- none: no-data; no making of a token is on record with its contents
-- platforms: openshift
-- elsewhere: Kubernetes has no session that could be idle: a credential is valid until it expires; evidence it at the workstation or the identity provider
-- next: logins
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param idle_minutes: longest time without use after which a token must end, in minutes
-- value idle_minutes: 15
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column client_name: OAuth client that the tokens are for
-- column tokens: tokens made in the period
-- column without_timeout: tokens that never end by lack of use
-- column longest_idle_minutes: longest time without use after which one ends; 0 where none ends
-- column longest_life_hours: longest lifetime, in hours
-- column audit_id: auditID of the decisive event
SELECT
    cluster,
    if(without_timeout = 0 AND longest_idle_minutes <= {idle_minutes:UInt32}, 'pass', 'attention') AS status,
    multiIf(
        without_timeout > 0, 'tokens that never end by lack of use',
        status = 'attention', 'tokens that end later than the limit',
        'all tokens end within the limit') AS finding,
    client_name,
    tokens,
    without_timeout,
    longest_idle_minutes,
    longest_life_hours,
    audit_id
FROM
(
    SELECT
        cluster,
        toString(client_name) AS client_name,
        count() AS tokens,
        countIf(inactive_at IS NULL) AS without_timeout,
        coalesce(max(intDiv(dateDiff('second', created_at, inactive_at) + 59, 60)), 0) AS longest_idle_minutes,
        coalesce(round(max(dateDiff('second', created_at, expires_at)) / 3600, 1), 0) AS longest_life_hours,
        argMin(evidence_id, (inactive_at IS NOT NULL, -coalesce(dateDiff('second', created_at, inactive_at), 0), at, evidence_id)) AS audit_id
    FROM authentications
    WHERE kind = 'token-created'
        AND actor != ''
        AND at >= {since:DateTime64(6, 'UTC')}
        AND at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        client_name
)
