-- title: Feeds
-- question: Why may nobody read a feed? It runs with its owner's rights: what is read through it knows neither row policies nor hidden columns.
-- each: feed
REVOKE SELECT ON $database.$table FROM auditradar_auditor, auditradar_investigator, auditradar_grafana;
