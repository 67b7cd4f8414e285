-- title: Legal holds
-- question: Which rows must outlive their time, why, and who said so; released holds stay on the list. An empty user or cluster means all of them.
-- empty: There is no legal hold.
-- next: retention/state
SELECT
    hold_id,
    active,
    incident,
    actor,
    cluster,
    since,
    until,
    why,
    added_at,
    added_by,
    rows AS records,
    released_at,
    released_by
FROM holds
WHERE (cluster = ''
    OR (
        $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
        AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    ))
ORDER BY
    active DESC,
    added_at DESC
LIMIT 200
