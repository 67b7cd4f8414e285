-- title: Identity
-- question: Who is this, and what is known in all?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    {name:String} AS actor,
    actor_kind({name:String}) AS actor_kind,
    arraySort(groupUniqArray(cluster)) AS clusters,
    arraySort(groupUniqArray(known.platform)) AS platforms,
    min(requested_at) AS first_seen_at,
    max(stage_at) AS last_seen_at,
    countIf(requests.actor = {name:String}) AS requests,
    countIf(requests.actor = {name:String} AND is_write(verb, resource, subresource)) AS writes,
    countIf(requests.actor = {name:String} AND is_denied(code, decision)) AS denied,
    countIf(requests.actor != {name:String}) AS requests_by_others_as,
    arraySort(argMaxIf(actor_groups, requested_at, requests.actor = {name:String})) AS groups
FROM requests
LEFT JOIN
(
    SELECT
        cluster AS label,
        platform
    FROM clusters
) AS known ON known.label = requests.cluster
WHERE (requests.actor = {name:String} OR impersonated_user = {name:String})
    AND requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE events.actor = {name:String}
            OR impersonated_user = {name:String})
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
HAVING count() > 0
