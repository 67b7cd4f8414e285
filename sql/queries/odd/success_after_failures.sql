-- title: Success after failures
-- question: Who got in from an address that was refused just before?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    logins.login_at AS at,
    logins.cluster AS cluster,
    logins.actor AS actor,
    logins.client_ip AS client_ip,
    concat(
        toString(attempts), ' refused attempts from ', client_ip, ', then ', actor, ' was let in from there ',
        toString(dateDiff('second', ended_at, login_at)), ' seconds later') AS story,
    arrayConcat(logins.evidence_ids, arraySlice(bursts.evidence_ids, -1)) AS evidence_ids
FROM logins
INNER JOIN failed_attempt_bursts AS bursts ON bursts.cluster = logins.cluster AND bursts.client_ip = logins.client_ip
WHERE attempts >= 3
    AND logins.client_ip != ''
    AND login_at BETWEEN bursts.ended_at AND bursts.ended_at + toIntervalMinute(15)
    AND logins.evidence = 'first-seen'
    AND ({cluster:String} = '' OR match(logins.cluster, {cluster:String}))
ORDER BY at
