-- title: What every record says
-- question: Does every record name user, action, time, result, origin and object?
-- proves: All requests of the period were looked at for the six elements: who, what kind of action, when, with what result, from where, and on what.
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
-- column requests: distinct requests
-- column without_user: records that name no user although one was let in
-- column without_action: records without a verb
-- column without_result: finished requests without a code
-- column without_origin: records without a client address
-- column without_object: records that name neither a resource nor a path
SELECT
    cluster,
    multiIf(missing = 0, 'pass', missing * 1000 <= requests, 'attention', 'fail') AS status,
    if(missing = 0, 'every record has all six elements', concat(toString(missing), ' records lack an element')) AS finding,
    component,
    requests,
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
        count() AS requests,
        countIf(actor = '' AND code != 401) AS without_user,
        countIf(verb = '') AS without_action,
        countIf(code = 0 AND stage = 'ResponseComplete') AS without_result,
        countIf(client_ip = '') AS without_origin,
        countIf(resource = '' AND request_uri = '') AS without_object,
        countIf((actor = '' AND code != 401) OR verb = '' OR (code = 0 AND stage = 'ResponseComplete') OR client_ip = '' OR (resource = '' AND request_uri = '')) AS missing
    FROM requests
    WHERE requested_at >= {since:DateTime64(6, 'UTC')}
        AND requested_at < {until:DateTime64(6, 'UTC')}
        AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
    GROUP BY
        cluster,
        component
)
