-- title: What cannot be known here
-- question: What the logs of each cluster cannot tell about logins, logouts, failures, addresses and credentials, why not, and what would help. Derived from what is loaded, whatever the range: what a policy leaves out without a trace cannot be listed.
-- empty: No blind spot is known for these clusters, or none of them is loaded yet.
-- next: ingest
SELECT
    cluster,
    topic,
    blind_spot,
    why,
    since,
    remedy
FROM blind_spots
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
ORDER BY
    cluster,
    topic
LIMIT 200
