-- Times are made plain: with the type of the rollup (SimpleAggregateFunction) Grafana shows them as JSON.
CREATE OR REPLACE VIEW clusters
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    platform String COMMENT 'Platform of the cluster by the strongest evidence in all its events.',
    components Array(String) COMMENT 'API servers, identity providers and proxies whose logs are here.',
    first_event_at DateTime64(6, 'UTC') COMMENT 'Earliest requested_at that is kept, the last event where all went with their retention; of a cluster without audit events the earliest line.',
    last_event_at DateTime64(6, 'UTC') COMMENT 'Latest stage_at; of a cluster without audit events the latest line. Lines never move it: they say nothing about how far the audit log reaches.'
)
AS
SELECT
    cluster,
    platforms()[min(platform_rank)] AS platform,
    arraySort(groupUniqArray(component)) AS components,
    least(
        toDateTime64(if(countIf(is_api_server(component)) = 0, min(cluster_facts.first_event_at), minIf(cluster_facts.first_event_at, is_api_server(component))), 6, 'UTC'),
        last_event_at) AS first_event_at,
    toDateTime64(if(countIf(is_api_server(component)) = 0, max(cluster_facts.last_event_at), maxIf(cluster_facts.last_event_at, is_api_server(component))), 6, 'UTC') AS last_event_at
FROM cluster_facts
GROUP BY cluster
COMMENT 'One row per audited cluster: its platform by the strongest evidence in all its events, and the period known.'
