-- title: Failed attempts
-- question: Requests whose credential was refused, or that came without any and were refused. Who tried is unknown: the API server does not say. Machines with expired tokens make most of them; the second number leaves them out.
-- next: failed/feed
SELECT
    sum(failed_attempt_origins.attempts) AS attempts,
    sumIf(failed_attempt_origins.attempts, origin != 'machine') AS not_machines
FROM failed_attempt_origins
WHERE ended_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
