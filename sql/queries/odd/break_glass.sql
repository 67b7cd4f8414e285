-- title: Break-glass login
-- question: Who used an administrator that nobody can name?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    started_at AS at,
    cluster,
    actor,
    client_ip,
    concat(
        actor, ', an administrator without a person''s name, was used with ', if(empty(clients), 'an unknown program', arrayStringConcat(clients, ', ')),
        ' from ', client_ip, ': ', toString(requests), if(requests = 1, ' request', ' requests'),
        if(writes > 0, concat(', ', toString(writes), if(writes = 1, ' of them a change', ' of them changes')), '')) AS story,
    [first_audit_id, last_audit_id] AS evidence_ids
FROM sessions
WHERE is_break_glass(actor)
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
