-- title: First and last seen
-- question: Since when and until when was every identity seen?
-- next: auditradar who NAME
-- tags: hygiene
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT
    cluster,
    actor,
    any(actor_kind) AS kind,
    min(requested_at) AS first_seen_at,
    max(requested_at) AS last_seen_at,
    count() AS requests,
    uniqExact(client_ip) AS addresses,
    uniqExactIf(credential_id, credential_id != '') AS credentials
FROM requests
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND actor_kind IN {kinds:Array(String)}
GROUP BY
    cluster,
    actor
ORDER BY
    last_seen_at DESC,
    cluster,
    actor
