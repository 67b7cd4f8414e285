-- title: Bursts of failed attempts
-- question: Which addresses were refused again and again?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param class: regular expression of classes; empty for all
-- param limit: most rows returned
SELECT
    started_at,
    ended_at,
    bursts.cluster AS cluster,
    clusters.platform AS platform,
    class,
    client_ip,
    client,
    names_tried,
    attempts,
    distinct_targets,
    targets,
    evidence_ids
FROM failed_attempt_bursts AS bursts
LEFT JOIN clusters ON clusters.cluster = bursts.cluster
WHERE ended_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(bursts.cluster, {cluster:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({class:String} = '' OR match(class, {class:String}))
ORDER BY
    started_at DESC,
    cluster,
    client_ip
LIMIT {limit:UInt64}
