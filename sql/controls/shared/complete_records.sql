-- title: What every record says
-- question: Does every record name user, action, time, result, origin and object?
-- proves: All records of the period were looked at for the six elements: who, what kind of action, when, with what result, from where, and on what.
-- cannot: Whether what a caller may choose (user agent, all but the last address) is true. A refused credential names nobody; that is not counted as missing.
-- pass: no element is missing
-- attention: an element is missing in at most one of a thousand records
-- fail: an element is missing more often
-- none: attention; no request was recorded
-- next: events
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column component: API server that wrote the events
-- column records: distinct records; a request may leave several, one a stage
-- column without_user: records that name no user although one was let in
-- column without_action: records without a verb
-- column without_result: records of finished requests without a code
-- column without_origin: records without a client address
-- column without_object: records that name neither a resource nor a path
SELECT
    counted.cluster AS cluster,
    multiIf(missing = 0, 'pass', missing * 1000 <= records, 'attention', 'fail') AS status,
    if(missing = 0, 'every record has all six elements', concat(toString(missing), ' records lack an element')) AS finding,
    counted.component AS component,
    records,
    without_user,
    without_action,
    without_result,
    without_origin,
    without_object
FROM
(
    SELECT
        cluster,
        component,
        count() AS records
    FROM events FINAL
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
) AS counted
LEFT JOIN
(
    SELECT
        cluster,
        component,
        uniqExactIf((audit_id, requested_at, stage), no_user) AS without_user,
        uniqExactIf((audit_id, requested_at, stage), no_action) AS without_action,
        uniqExactIf((audit_id, requested_at, stage), no_result) AS without_result,
        uniqExactIf((audit_id, requested_at, stage), no_origin) AS without_origin,
        uniqExactIf((audit_id, requested_at, stage), no_object) AS without_object,
        uniqExact(audit_id, requested_at, stage) AS missing
    FROM
    (
        SELECT
            cluster,
            component,
            audit_id,
            requested_at,
            stage,
            actor = '' AND code != 401 AS no_user,
            verb = '' AS no_action,
            code = 0 AND stage = 'ResponseComplete' AS no_result,
            client_ip = '' AS no_origin,
            resource = '' AND request_uri = '' AS no_object
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
            AND (no_user OR no_action OR no_result OR no_origin OR no_object)
    )
    GROUP BY
        cluster,
        component
) AS lacking ON lacking.cluster = counted.cluster AND lacking.component = counted.component
