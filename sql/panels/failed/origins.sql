-- title: Bursts by what they look like
-- question: Attempts of one address and program without a pause of five minutes are one burst. Scan: four targets or more. Person: a program for people, or fewer than five attempts. Machine: the rest, mostly expired tokens. A guess by behaviour, not an identification.
-- next: failed/bursts
SELECT
    countIf(origin = 'scan') AS scan,
    countIf(origin = 'person') AS person,
    countIf(origin = 'machine') AS machine
FROM failed_attempt_origins
WHERE ended_at >= $__fromTime_ms
    AND started_at <= $__toTime_ms
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    AND $__conditionalAll(is_at_address(client_ip, decodeURLComponent('${client_ip:percentencode}')), $client_ip)
