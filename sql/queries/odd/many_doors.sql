-- title: One address, many doors
-- question: Which address tried to get at many different things?
-- param cluster: regular expression of cluster labels; empty for all
-- A machine with an expired token asks for the same thing again and again.
SELECT
    started_at AS at,
    cluster,
    '' AS actor,
    client_ip,
    concat(
        client_ip, ' tried ', toString(attempts), ' times to get at ', toString(distinct_targets), ' different things with ',
        if(client = '', 'an unknown program', client), if(class = 'anonymous-denied', ', without any credential', ', with credentials nobody accepted')) AS story,
    arraySlice(evidence_ids, 1, 3) AS evidence_ids
FROM failed_attempt_bursts
WHERE distinct_targets >= 4
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
