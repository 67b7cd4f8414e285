-- title: Failures, then a login
-- question: Logins within 15 minutes after three or more failed attempts from the same address. Behind a shared address this may be two different people.
-- next: failed/success
SELECT count() AS value
FROM logins_after_failures
WHERE $__timeFilter_ms(login_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
