-- title: Certificates used from several addresses
-- question: Which client certificate was used from more than one address?
-- next: auditradar queries run credential-use --param credential=ID
-- tags: hygiene, logins
-- attack: T1552.004 Private Keys
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param addresses: least number of addresses; default 2
SELECT
    cluster,
    credential_id,
    arraySort(groupUniqArray(actor)) AS actors,
    arraySort(groupUniqArray(client_ip)) AS addresses,
    min(started_at) AS first_seen_at,
    max(last_seen_at) AS last_seen_at,
    sum(requests) AS requests
FROM sessions
WHERE started_at >= {since:DateTime64(6, 'UTC')}
    AND started_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND credential_kind = 'x509'
    AND credential_id != ''
    AND client_ip != ''
GROUP BY
    cluster,
    credential_id
HAVING length(addresses) >= {addresses:UInt32}
ORDER BY
    length(addresses) DESC,
    credential_id
