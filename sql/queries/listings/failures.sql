-- title: Failed attempts
-- question: Who was refused before anybody knew who it was?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param class: regular expression of classes; empty for all
-- param limit: most rows returned
SELECT
    attempted_at,
    failed_attempts.cluster AS cluster,
    if(clusters.platform = '', failed_attempts.platform, clusters.platform) AS platform,
    actor,
    class,
    method,
    client_ip,
    client_ip_evidence,
    user_agent,
    client_of(user_agent) AS client,
    target,
    reason,
    evidence,
    evidence_ids,
    component,
    batch_id
FROM failed_attempts
LEFT JOIN clusters ON clusters.cluster = failed_attempts.cluster
WHERE attempted_at >= {since:DateTime64(6, 'UTC')}
    AND attempted_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(failed_attempts.cluster, {cluster:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({class:String} = '' OR match(class, {class:String}))
ORDER BY
    attempted_at DESC,
    evidence_ids
LIMIT {limit:UInt64}
