-- title: Everything from one address
-- question: Who used this address, and for what?
-- next: auditradar events --address ADDRESS --all-kinds
-- tags: incident
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param network: network in CIDR notation, such as 203.0.113.5/32
SELECT
    cluster,
    if(actor = '', toString(actor_kind), actor) AS identity,
    client,
    min(requested_at) AS first_at,
    max(requested_at) AS last_at,
    count() AS requests,
    countIf(is_write(verb, resource, subresource)) AS writes,
    countIf(code IN (401, 403)) AS refused,
    groupArray(3)(audit_id) AS evidence_ids
FROM requests
WHERE (cluster, requested_at) IN
    (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
            AND client_ip != ''
            AND isIPAddressInRange(if(client_ip = '', '::', client_ip), {network:String})
    )
    AND client_ip != ''
    AND isIPAddressInRange(if(client_ip = '', '::', client_ip), {network:String})
GROUP BY
    cluster,
    identity,
    client
ORDER BY
    first_at,
    identity
