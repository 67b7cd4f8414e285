-- title: Long sessions
-- question: Which sessions lasted longer than they should?
-- next: auditradar sessions --actor NAME
-- tags: logins
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param hours: hours that are usual; default 12
SELECT
    started_at,
    last_seen_at,
    round(duration_seconds / 3600, 1) AS hours,
    cluster,
    actor,
    client_ip,
    method,
    end_reason,
    requests,
    session_id
FROM sessions
WHERE started_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND duration_seconds > {hours:Float64} * 3600
ORDER BY
    duration_seconds DESC,
    session_id
