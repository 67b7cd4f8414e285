-- title: Record reaches back
-- question: Time from the oldest event that is kept to now, of the cluster whose record is the youngest. A cluster that is new has a young record without any loss.
-- next: retention/state
SELECT if(count() = 0, 0, min(dateDiff('second', first_event_at, now()))) AS value
FROM clusters
WHERE $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
