-- title: Sessions of one person at the same time
-- question: Who worked from two addresses at once?
-- next: auditradar sessions --actor NAME
-- tags: logins
-- attack: T1078 Valid Accounts
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    greatest(earlier.started_at, later.started_at) AS together_from,
    least(earlier.last_seen_at, later.last_seen_at) AS together_until,
    earlier.cluster AS cluster,
    earlier.actor AS actor,
    earlier.client_ip AS first_address,
    later.client_ip AS second_address,
    earlier.session_id AS first_session,
    later.session_id AS second_session
FROM sessions AS earlier
INNER JOIN sessions AS later ON earlier.cluster = later.cluster AND earlier.actor = later.actor
WHERE (earlier.started_at, earlier.session_id) < (later.started_at, later.session_id)
    AND later.started_at <= earlier.last_seen_at
    AND earlier.client_ip != later.client_ip
    AND later.started_at >= {since:DateTime64(6, 'UTC')}
    AND later.started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(earlier.cluster, {cluster:String}))
ORDER BY
    together_from,
    cluster,
    actor
