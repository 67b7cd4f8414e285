-- title: New cluster-admin
-- question: Who was given all rights, by whom?
-- summary: {{ $labels.actor }} made {{ $labels.subjects }} cluster-admin on {{ $labels.cluster }} ({{ $labels.resource }}, from {{ $labels.client_ip }})
-- severity: critical
-- lookback: 1h
-- for: 0s
-- above: 0
-- no data: OK
-- A patch names the role only in its answer. Without bodies in the audit log nobody can tell which role was bound.
SELECT
    cluster,
    actor,
    client_ip,
    resource,
    arrayStringConcat(arraySlice(names, 1, 5), ', ') AS subjects,
    uniqExact(audit_id) AS bindings
FROM
(
    SELECT
        cluster,
        actor,
        client_ip,
        resource,
        audit_id,
        if(JSONHas(raw, 'responseObject', 'roleRef'), 'responseObject', 'requestObject') AS body,
        JSONExtractString(raw, body, 'roleRef', 'name') AS role,
        arrayMap(
            subject -> concat(JSONExtractString(subject, 'kind'), ' ', JSONExtractString(subject, 'name')),
            JSONExtractArrayRaw(raw, body, 'subjects')) AS names
    FROM events
    WHERE $__timeFilter_ms(requested_at)
        AND api_group = 'rbac.authorization.k8s.io'
        AND resource IN ('clusterrolebindings', 'rolebindings')
        AND verb IN ('create', 'update', 'patch')
        AND outcome = 'success'
        AND actor_kind IN ('human', 'service-account')
        AND position(request_uri, 'dryRun=All') = 0
)
WHERE role = 'cluster-admin'
GROUP BY
    cluster,
    actor,
    client_ip,
    resource,
    subjects
