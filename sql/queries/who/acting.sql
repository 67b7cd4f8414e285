-- title: Acting for others
-- question: Whom did they act as, and who acted as them?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    if(actor = {name:String}, 'acted as', 'acted for by') AS relation,
    if(actor = {name:String}, impersonated_user, actor) AS other,
    cluster,
    min(requested_at) AS first_seen_at,
    max(requested_at) AS last_seen_at,
    count() AS requests,
    countIf(is_denied(code, decision)) AS denied
FROM requests
WHERE impersonated_user != ''
    AND (actor = {name:String} OR impersonated_user = {name:String})
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE events.actor = {name:String}
            OR impersonated_user = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    relation,
    other,
    cluster
ORDER BY
    relation,
    last_seen_at DESC,
    other
