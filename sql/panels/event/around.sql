-- title: What they did around it
-- question: Requests of the same actor in the five minutes before and after. Other people at the same time are not shown.
-- empty: Nothing else around it.
SELECT
    requested_at,
    actor,
    cluster,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    outcome,
    client_ip,
    client,
    requests.audit_id AS audit_id
FROM requests
INNER JOIN
(
    SELECT
        cluster AS its_cluster,
        actor AS its_actor,
        requested_at AS its_moment
    FROM events
    WHERE audit_id = decodeURLComponent('${audit_id:percentencode}')
    LIMIT 1
) AS it ON it.its_cluster = requests.cluster AND it.its_actor = requests.actor
WHERE requested_at BETWEEN (SELECT min(requested_at) - toIntervalMinute(5) FROM events WHERE audit_id = decodeURLComponent('${audit_id:percentencode}'))
        AND (SELECT min(requested_at) + toIntervalMinute(5) FROM events WHERE audit_id = decodeURLComponent('${audit_id:percentencode}'))
ORDER BY abs(dateDiff('millisecond', its_moment, requested_at))
LIMIT 100
