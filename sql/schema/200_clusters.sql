CREATE OR REPLACE VIEW clusters
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform String COMMENT 'Platform of the cluster by the strongest evidence in all its events.',
    components Array(String) COMMENT 'API servers whose logs are here.',
    first_event_at SimpleAggregateFunction(min, DateTime64(6, 'UTC')) COMMENT 'Earliest requested_at.',
    last_event_at SimpleAggregateFunction(max, DateTime64(6, 'UTC')) COMMENT 'Latest stage_at.'
)
AS
SELECT
    cluster,
    platforms()[min(platform_rank)] AS platform,
    arraySort(groupUniqArray(component)) AS components,
    min(first_event_at) AS first_event_at,
    max(last_event_at) AS last_event_at
FROM cluster_facts
GROUP BY cluster
COMMENT 'One row per audited cluster: its platform by the strongest evidence in all its events, and the period known.'
