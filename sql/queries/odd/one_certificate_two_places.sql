-- title: One certificate, two places
-- question: Which certificate was used from two addresses at the same time?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    greatest(one.started_at, other.started_at) AS at,
    one.cluster AS cluster,
    one.actor AS actor,
    other.client_ip AS client_ip,
    concat(
        'The certificate of ', actor, ' was in use from ', one.client_ip, ' and from ', other.client_ip, ' at the same time, for ',
        toString(intDiv(dateDiff('second', at, least(one.last_seen_at, other.last_seen_at)), 60) + 1), ' minutes') AS story,
    [one.first_audit_id, other.first_audit_id] AS evidence_ids
FROM sessions AS one
INNER JOIN sessions AS other
    ON other.cluster = one.cluster
    AND other.credential_id = one.credential_id
    AND other.actor = one.actor
WHERE one.credential_kind = 'x509'
    AND one.client_ip < other.client_ip
    AND one.started_at <= other.last_seen_at
    AND other.started_at <= one.last_seen_at
    AND ({cluster:String} = '' OR match(one.cluster, {cluster:String}))
ORDER BY at
LIMIT 1 BY
    cluster,
    actor,
    least(one.client_ip, other.client_ip),
    greatest(one.client_ip, other.client_ip)
