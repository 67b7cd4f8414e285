-- title: Tokens revoked by others
-- question: Whose session did somebody else end?
-- tags: logins, tokens
-- attack: T1531 Account Access Removal
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    logout_at,
    cluster,
    actor,
    by,
    kind,
    session_id,
    evidence_ids
FROM logouts
WHERE logout_at >= {since:DateTime64(6, 'UTC')}
    AND logout_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND kind = 'revoked'
ORDER BY
    logout_at,
    cluster,
    actor
