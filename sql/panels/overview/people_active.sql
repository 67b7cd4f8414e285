-- title: People active now
-- question: People with a request in the last 15 minutes of the range. Says nothing about people who only look at an open page, and counts names, not humans: a shared account is one.
-- next: logins/open
SELECT uniqExact(actor) AS value
FROM activity
WHERE actor_kind = 'human'
    AND minute > $__toTime - toIntervalMinute(15)
    AND minute <= $__toTime
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
