-- The one rule by which copies of a request are found: same auditID, verb and path, at most 60 seconds apart, and each the nearest to the other.
-- A client that chooses its own auditID gains nothing: a request of kube-apiserver takes in at most one copy of each other server, what has no
-- partner stays a request of its own. Nearly all have one copy and no choice; only the others need to be put in order, which stays cheap however
-- often a client repeats one auditID: comparing every copy with every request took 28 GiB for 30,000 of each.
CREATE OR REPLACE VIEW forwarded_copies
(
    cluster LowCardinality(String) COMMENT 'Label of the audited Kubernetes cluster.',
    audit_id String COMMENT 'auditID of the request.',
    component LowCardinality(String) COMMENT 'Aggregated server that logged the copy.',
    requested_at DateTime64(6, 'UTC') COMMENT 'When that server received it.',
    front_at DateTime64(6, 'UTC') COMMENT 'When kube-apiserver received the request that this is a copy of.',
    has_more Bool COMMENT 'The copy may have what the record of kube-apiserver lacks: a fuller level, the name of what was created.'
)
AS
SELECT
    cluster,
    audit_id,
    first_server AS component,
    first_copy AS requested_at,
    first_front AS front_at,
    copy_level > front_level OR copy_has_name > front_has_name AS has_more
FROM
(
    SELECT
        any(cluster) AS cluster,
        any(audit_id) AS audit_id,
        minIf(requested_at, component = 'kube-apiserver') AS first_front,
        maxIf(requested_at, component = 'kube-apiserver') AS last_front,
        minIf(requested_at, component != 'kube-apiserver') AS first_copy,
        maxIf(requested_at, component != 'kube-apiserver') AS last_copy,
        minIf(component, component != 'kube-apiserver') AS first_server,
        maxIf(component, component != 'kube-apiserver') AS last_server,
        maxIf(level_rank_of(level), component = 'kube-apiserver') AS front_level,
        maxIf(level_rank_of(level), component != 'kube-apiserver') AS copy_level,
        maxIf(has_name, component = 'kube-apiserver') AS front_has_name,
        maxIf(has_name, component != 'kube-apiserver') AS copy_has_name
    FROM forwarded_requests
    GROUP BY request
)
WHERE first_server != ''
    AND first_front = last_front
    AND first_copy = last_copy
    AND first_server = last_server
    AND abs(dateDiff('microsecond', first_front, first_copy)) <= 60000000
UNION ALL
SELECT
    any(cluster) AS cluster,
    any(audit_id) AS audit_id,
    component,
    min(tuple(apart, copy_at)).2 AS requested_at,
    front_at,
    true AS has_more
FROM
(
    SELECT
        cluster,
        request,
        audit_id,
        component,
        requested_at AS copy_at,
        if(abs(dateDiff('microsecond', copy_at, next_front)) < abs(dateDiff('microsecond', last_front, copy_at)), next_front, last_front) AS front_at,
        abs(dateDiff('microsecond', front_at, copy_at)) AS apart
    FROM
    (
        SELECT
            cluster,
            request,
            audit_id,
            component,
            requested_at,
            maxIf(requested_at, component = 'kube-apiserver') OVER (PARTITION BY request ORDER BY requested_at) AS last_front,
            minIf(requested_at, component = 'kube-apiserver') OVER (PARTITION BY request ORDER BY requested_at DESC) AS next_front
        FROM forwarded_requests
        WHERE request IN (
            SELECT request
            FROM forwarded_requests
            GROUP BY request
            HAVING countIf(component = 'kube-apiserver') > 0
                AND countIf(component != 'kube-apiserver') > 0
                AND (minIf(requested_at, component = 'kube-apiserver') < maxIf(requested_at, component = 'kube-apiserver')
                    OR minIf(requested_at, component != 'kube-apiserver') < maxIf(requested_at, component != 'kube-apiserver')
                    OR minIf(component, component != 'kube-apiserver') < maxIf(component, component != 'kube-apiserver')))
    )
    WHERE component != 'kube-apiserver'
)
WHERE apart <= 60000000
GROUP BY
    request,
    component,
    front_at
COMMENT 'Which events of aggregated servers are copies of a request that kube-apiserver logged.'
