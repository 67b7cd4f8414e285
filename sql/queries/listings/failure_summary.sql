-- title: Failed attempts in one line
-- question: How many attempts failed, from how many addresses, in how many bursts?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param low: lowest address as IPv6; empty for any
-- param high: highest address as IPv6
-- param class: regular expression of classes; empty for all
SELECT
    sum(burst.attempts) AS attempts,
    uniqExact(client_ip) AS addresses,
    count() AS bursts,
    argMax(client_ip, burst.attempts) AS worst_ip,
    argMax(client, burst.attempts) AS worst_client,
    max(burst.attempts) AS worst_attempts
FROM failed_attempt_bursts AS burst
WHERE ended_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({low:String} = ''
        OR (client_ip != '' AND toIPv6OrDefault(client_ip) BETWEEN toIPv6OrDefault({low:String}) AND toIPv6OrDefault({high:String})))
    AND ({class:String} = '' OR match(class, {class:String}))
HAVING bursts > 0
