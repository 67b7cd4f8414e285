-- title: Token used elsewhere
-- question: Which token of a service account was used from an address where neither it nor its workload had been?
-- param cluster: regular expression of cluster labels; empty for all
-- A pod with two addresses of its own looks the same on its first day.
SELECT
    assumeNotNull(first_used_at) AS at,
    cluster,
    service_account AS actor,
    client_ip,
    concat(
        'A token of ', service_account, if(issued_by = '', '', concat(', which ', issued_by, ' had made,')), ' was used from ', client_ip,
        ', where its workload had never been, with ', arrayStringConcat(clients, ', ')) AS story,
    evidence_ids
FROM token_lineage
WHERE elsewhere
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
