-- title: Success after failures
-- question: Who was let in after failed attempts from the same address?
-- next: auditradar failures --address ADDRESS
-- tags: logins, failures
-- attack: T1110 Brute Force
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    login_at,
    cluster,
    actor,
    client_ip,
    method,
    attempts,
    last_failure_at,
    class,
    evidence_ids
FROM logins_after_failures
WHERE login_at >= {since:DateTime64(6, 'UTC')}
    AND login_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    login_at,
    cluster,
    actor
