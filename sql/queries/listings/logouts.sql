-- title: Logouts
-- question: Whose session ended, when and why?
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param actor: regular expression of user names; empty for all
-- param all_kinds: whether machines are shown too
-- param limit: most rows returned
SELECT
    logout_at,
    cluster,
    platform,
    actor,
    by,
    kind,
    session_id,
    evidence,
    evidence_ids
FROM logouts
WHERE logout_at >= {since:DateTime64(6, 'UTC')}
    AND logout_at < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    AND ({actor:String} = '' OR match(actor, {actor:String}))
    AND ({all_kinds:Bool} OR actor_kind(actor) IN ('human', 'service-account'))
ORDER BY
    logout_at DESC,
    session_id
LIMIT {limit:UInt64}
