CREATE MATERIALIZED VIEW IF NOT EXISTS lines_to_cluster_facts TO cluster_facts AS
SELECT
    cluster,
    system AS component,
    min(toUInt8(if(platform = '', length(platforms()), indexOf(platforms(), platform)))) AS platform_rank,
    assumeNotNull(min(at)) AS first_event_at,
    assumeNotNull(max(coalesce(ended_at, at))) AS last_event_at
FROM lines
WHERE reason = ''
GROUP BY
    cluster,
    component
