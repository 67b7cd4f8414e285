-- title: In this range
-- question: What they did in the range. Requests count once, whatever stages and copies were logged. Refused: by authorization, with a known name.
-- next: events
SELECT
    uniqExact(request_hash_of(component, audit_id, requested_at)) AS requests,
    uniqExactIf(request_hash_of(component, audit_id, requested_at), is_write(verb, resource, subresource)) AS writes,
    uniqExactIf(request_hash_of(component, audit_id, requested_at), is_denied(code, decision)) AS denied,
    uniqExact(toDate(requested_at)) AS days,
    uniqExactIf(client_ip, client_ip != '') AS addresses
FROM events
WHERE actor = decodeURLComponent('${actor:percentencode}')
    AND $__timeFilter_ms(requested_at)
    AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
    AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
