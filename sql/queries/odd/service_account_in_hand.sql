-- title: A pod's token in a person's hand
-- question: Which token of a pod was used with a program for people?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    min(requested_at) AS at,
    cluster,
    actor,
    client_ip,
    concat(
        'The token of the pod ', any(actor_extra['authentication.kubernetes.io/pod-name'][1]), ' (', actor, ') was used with ', client, ' from ', client_ip, ': ',
        toString(count()), if(count() = 1, ' request', ' requests')) AS story,
    groupArray(3)(audit_id) AS evidence_ids
FROM requests
WHERE actor_kind = 'service-account'
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE actor_kind = 'service-account'
            AND is_interactive(user_agent))
    AND mapContains(actor_extra, 'authentication.kubernetes.io/pod-name')
    AND is_interactive(user_agent)
    AND method_of(user_agent, credential_kind) != 'web-console'
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
GROUP BY
    cluster,
    actor,
    client,
    client_ip
ORDER BY at
