CREATE MATERIALIZED VIEW IF NOT EXISTS events_to_cluster_facts TO cluster_facts AS
SELECT
    cluster,
    component,
    min(toUInt8(indexOf(platforms(), platform))) AS platform_rank,
    min(requested_at) AS first_event_at,
    max(stage_at) AS last_event_at
FROM events
GROUP BY
    cluster,
    component
