-- title: Refused impersonation
-- question: Who tried to act as somebody else and may not?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(requested_at) AS at,
    cluster,
    actor,
    argMin(client_ip, requested_at) AS client_ip,
    concat(actor, ' tried to act as ', if(impersonated_user = '', 'somebody else', impersonated_user), ' and was refused: ', any(message)) AS story,
    groupArray(3)(audit_id) AS evidence_ids
FROM requests
WHERE is_denied(code, decision)
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE code = 403)
    AND actor_kind = 'human'
    AND position(message, 'cannot impersonate') > 0
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    impersonated_user,
    toStartOfHour(requested_at)
ORDER BY at
