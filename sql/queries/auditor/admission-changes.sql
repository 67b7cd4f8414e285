-- title: Changes of admission control
-- question: Who changed what checks or alters requests?
-- tags: privileges
-- attack: T1562.001 Disable or Modify Tools
-- param since: first moment of the range
-- param until: moment after the range
-- param cluster: regular expression of cluster labels; empty for all
-- param kinds: kinds of identities; default human,service-account
SELECT
    requested_at,
    cluster,
    actor,
    effective_user,
    client_ip,
    target_of(verb, resource, subresource, namespace, name, request_uri) AS target,
    [audit_id] AS evidence_ids
FROM requests
WHERE (cluster, requested_at) IN
    (
        SELECT
            cluster,
            requested_at
        FROM events
        WHERE requested_at >= {since:DateTime64(6, 'UTC')}
            AND requested_at < {until:DateTime64(6, 'UTC')}
            AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
            AND (endsWith(resource, 'webhookconfigurations') OR startsWith(resource, 'validatingadmissionpolic') OR startsWith(resource, 'mutatingadmissionpolic'))
            AND is_write(verb, resource, subresource)
            AND outcome = 'success'
            AND actor_kind IN {kinds:Array(String)}
    )
    AND (endsWith(resource, 'webhookconfigurations') OR startsWith(resource, 'validatingadmissionpolic') OR startsWith(resource, 'mutatingadmissionpolic'))
    AND is_write(verb, resource, subresource)
    AND outcome = 'success'
    AND actor_kind IN {kinds:Array(String)}
ORDER BY
    requested_at,
    cluster,
    audit_id
