-- title: Success after failures
-- question: Who got in from an address that was refused just before?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    login_at AS at,
    cluster,
    actor,
    client_ip,
    concat(
        toString(attempts), ' refused attempts from ', client_ip, ', then ', actor, ' was let in from there ',
        toString(dateDiff('second', last_failure_at, login_at)), ' seconds later') AS story,
    evidence_ids
FROM logins_after_failures
WHERE evidence = 'first-seen'
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
