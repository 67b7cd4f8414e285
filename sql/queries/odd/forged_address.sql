-- title: Forged address
-- question: Who claimed to come from somewhere else, by a header that anybody can write?
-- param cluster: regular expression of cluster labels; empty for all
-- A proxy that is missing in trusted_proxies looks the same.
SELECT
    min(requested_at) AS at,
    cluster,
    any(toString(actor)) AS actor,
    client_ip,
    concat(
        toString(count()), ' requests from ', client_ip, ' claimed to come from ',
        arrayStringConcat(arrayFilter(entry -> entry != client_ip, groupUniqArray(3)(source_ips[1])), ', ')) AS story,
    groupArray(3)(audit_id) AS evidence_ids
FROM requests
WHERE client_ip != ''
    AND actor_kind IN ('human', 'anonymous', 'unauthenticated')
    AND arrayFirstIndex(entry -> address_of(entry) = client_ip, source_ips) > 1
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    client_ip
ORDER BY at
