-- title: Refused by IAM
-- question: Which cloud principal was refused because it is not mapped to this cluster?
-- tags: failures
-- attack: T1078.004 Cloud Accounts
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    attempted_at,
    cluster,
    actor,
    client_ip,
    reason,
    evidence_ids
FROM failed_attempts
WHERE attempted_at >= {since:DateTime64(6, 'UTC')}
    AND attempted_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND class = 'iam-denied'
ORDER BY
    attempted_at,
    cluster
