CREATE OR REPLACE VIEW clusters AS
SELECT
    cluster,
    platforms()[min(platform_rank)] AS platform,
    arraySort(groupUniqArray(component)) AS components,
    min(first_event_at) AS first_event_at,
    max(last_event_at) AS last_event_at
FROM cluster_facts
GROUP BY cluster
COMMENT 'One row per audited cluster: its platform by the strongest evidence in all its events, and the period known.'
