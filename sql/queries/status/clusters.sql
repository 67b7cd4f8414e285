-- title: Clusters in the store
-- question: Which clusters are known, from when to when, and how much of each?
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    clusters.cluster AS cluster,
    clusters.platform AS platform,
    clusters.components AS components,
    clusters.first_event_at AS first_event_at,
    clusters.last_event_at AS last_event_at,
    counted.events AS events,
    counted.requests AS requests,
    held.sessions AS sessions,
    held.open_sessions AS open_sessions,
    refused.failed_attempts AS failed_attempts,
    unread.rejected AS rejected
FROM clusters
LEFT JOIN
(
    SELECT
        cluster,
        count() AS events,
        uniqExactIf(request_hash_of(component, audit_id, requested_at), (cluster, audit_id, requested_at, component) NOT IN (
            SELECT
                cluster,
                audit_id,
                requested_at,
                component
            FROM copy_facts)) AS requests
    FROM events
    GROUP BY cluster
) AS counted ON counted.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        count() AS sessions,
        countIf(end_reason = 'open') AS open_sessions
    FROM sessions
    GROUP BY cluster
) AS held ON held.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        count() AS failed_attempts
    FROM failed_attempts
    GROUP BY cluster
) AS refused ON refused.cluster = clusters.cluster
LEFT JOIN
(
    SELECT
        cluster,
        count() AS rejected
    FROM rejected FINAL
    GROUP BY cluster
) AS unread ON unread.cluster = clusters.cluster
WHERE ({cluster:String} = '' OR match(clusters.cluster, {cluster:String}))
ORDER BY cluster
