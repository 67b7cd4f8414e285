-- title: Tokens
-- question: Which service account tokens did they have made, or which were made for them, and where were they used?
-- param name: user name, exactly
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param limit: most rows returned
SELECT
    cluster,
    credential_id,
    service_account,
    issued_at,
    issued_by,
    client_ip,
    clients,
    first_used_at,
    last_used_at,
    minutes_used,
    if(elsewhere, 'used where its workload never was', '') AS remark
FROM token_lineage
WHERE (service_account = {name:String} OR issued_by = {name:String})
    AND NOT (actor_kind(issued_by) IN ('node', 'control-plane') AND NOT elsewhere)
    AND coalesce(last_used_at, issued_at) >= {since:DateTime64(6, 'UTC')}
    AND coalesce(issued_at, first_used_at) < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY
    elsewhere DESC,
    coalesce(last_used_at, issued_at) DESC,
    credential_id,
    client_ip
LIMIT {limit:UInt64}
