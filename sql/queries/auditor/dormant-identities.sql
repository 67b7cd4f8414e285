-- title: Dormant identities
-- question: Which people were not seen for a long time?
-- tags: hygiene
-- attack: T1078 Valid Accounts
-- param until: moment after the range
-- param since: first moment of the range
-- param cluster: regular expression of cluster labels; empty for all
-- param days: days without a request; default 90
SELECT
    cluster,
    actor,
    max(requested_at) AS last_seen_at,
    dateDiff('day', last_seen_at, newest_at) AS days,
    argMax(credential_kind, requested_at) AS credential_kind,
    argMax(credential_id, requested_at) AS credential_id
FROM requests
INNER JOIN
(
    SELECT
        cluster,
        max(requested_at) AS newest_at
    FROM events
    WHERE requested_at < {until:DateTime64(6, 'UTC')}
    GROUP BY cluster
) AS newest USING (cluster)
WHERE requested_at >= {since:DateTime64(6, 'UTC')}
    AND requested_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND actor_kind = 'human'
GROUP BY
    cluster,
    actor,
    newest_at
HAVING days > {days:UInt32}
ORDER BY
    days DESC,
    actor
