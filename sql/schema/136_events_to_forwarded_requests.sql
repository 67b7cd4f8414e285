CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_forwarded_requests TO forwarded_requests AS
SELECT
    cluster,
    audit_id,
    requested_at,
    component,
    sipHash64(verb, path(request_uri)) AS request
FROM events
WHERE is_forwarded(request_uri)
GROUP BY
    cluster,
    audit_id,
    requested_at,
    component,
    request
