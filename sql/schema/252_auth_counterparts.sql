-- The names are those of openshift/oauth-server, pkg/prometheus/metrics.go. What may differ: docs/50-openshift.md.
CREATE OR REPLACE VIEW auth_counterparts
(
    hour DateTime('UTC') COMMENT 'Hour in which the requests were received.',
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    metric String COMMENT 'Counter of the oauth-server.',
    labels String COMMENT 'Its labels as Prometheus writes them; empty for none.',
    value UInt64 COMMENT 'By how much the counter should have risen in the hour, all pods together.'
)
AS
SELECT
    toStartOfHour(at) AS hour,
    cluster,
    counter.1 AS metric,
    counter.2 AS labels,
    count() AS value
FROM
(
    SELECT
        at,
        cluster,
        arrayJoin([
            tuple('openshift_auth_password_total', ''),
            tuple(concat('openshift_auth_', way, '_password_count'), ''),
            tuple(concat('openshift_auth_', way, '_password_count_result'), concat('{result="', result, '"}'))]) AS counter
    FROM
    (
        SELECT
            at,
            cluster,
            password_way_of(target, client_name, user_agent, decision) AS way,
            multiIf(decision = 'allow', 'success', decision = 'deny', 'failure', 'error') AS result
        FROM authentications
        WHERE component = 'oauth-server'
            AND decision IN ('allow', 'deny', 'error')
            AND kind != 'challenge'
    )
    WHERE way != ''
)
GROUP BY
    hour,
    cluster,
    metric,
    labels
COMMENT 'What the platform''s own counters of passwords should say, counted from the audit log, so that an operator can reconcile the two.'
