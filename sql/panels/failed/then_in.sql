-- title: Failures, then a login
-- question: Logins within 15 minutes after three or more failed attempts from the same address. Behind a shared address this may be two different people.
-- next: failed/success
SELECT count() AS value
FROM logins
INNER JOIN failed_attempt_bursts AS bursts ON bursts.cluster = logins.cluster AND bursts.client_ip = logins.client_ip
WHERE bursts.attempts >= 3
    AND logins.client_ip != ''
    AND login_at BETWEEN bursts.ended_at AND bursts.ended_at + toIntervalMinute(15)
    AND $__timeFilter_ms(login_at)
    AND $__conditionalAll(logins.cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(logins.cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
