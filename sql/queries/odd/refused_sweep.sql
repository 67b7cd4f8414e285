-- title: Refused again and again
-- question: Which known user tried one closed door after another?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(denied_at) AS at,
    cluster,
    actor,
    argMin(client_ip, denied_at) AS client_ip,
    concat(
        actor, ' was refused ', toString(count()), ' times within an hour, in ', toString(uniqExact(namespace)), ' namespaces: ',
        arrayStringConcat(arraySort(groupUniqArray(3)(target)), ', '), if(uniqExact(target) > 3, ', …', '')) AS story,
    arrayFlatten(groupArray(3)(evidence_ids)) AS evidence_ids
FROM denied_requests
WHERE actor_kind = 'human'
    AND denied_at IN (
        SELECT requested_at
        FROM events
        WHERE code = 403)
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    toStartOfHour(denied_at)
HAVING uniqExact(namespace) >= 4
ORDER BY at
