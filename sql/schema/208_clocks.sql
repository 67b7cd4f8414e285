CREATE OR REPLACE VIEW clocks
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    newest_at DateTime64(6, 'UTC') COMMENT 'Newest moment that any record of the cluster shows.',
    platform String COMMENT 'Platform of the cluster; empty where only lines of identity providers are known.'
)
AS
SELECT
    cluster,
    max(newest) AS newest_at,
    max(toString(shown)) AS platform
FROM
(
    SELECT
        cluster,
        last_event_at AS newest,
        toString(platform) AS shown
    FROM clusters
    UNION ALL
    SELECT
        cluster,
        max(at) AS newest,
        '' AS shown
    FROM auth_records
    GROUP BY cluster
)
GROUP BY cluster
COMMENT 'The clock by which an open session of a cluster is judged: its newest record.'
