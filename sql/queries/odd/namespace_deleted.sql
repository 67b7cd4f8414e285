-- title: Namespace deleted
-- question: Who deleted a namespace in which others worked?
-- param cluster: regular expression of cluster labels; empty for all
-- A namespace made for a test and thrown away has hardly any users; without that bound each of them would be listed.
SELECT
    requested_at AS at,
    cluster,
    actor,
    client_ip,
    concat(actor, ' deleted the namespace ', name, ', in which ', toString(known.users), ' people worked, with ', client) AS story,
    [audit_id] AS evidence_ids
FROM requests
INNER JOIN
(
    SELECT
        cluster AS label,
        namespace AS space,
        uniqExact(events.actor) AS users
    FROM events
    WHERE actor_kind = 'human'
    GROUP BY
        label,
        space
) AS known ON known.label = requests.cluster AND known.space = requests.name
WHERE verb = 'delete'
    AND requested_at IN (
        SELECT requested_at
        FROM events
        WHERE verb = 'delete'
            AND resource = 'namespaces')
    AND resource = 'namespaces'
    AND subresource = ''
    AND outcome = 'success'
    AND actor_kind = 'human'
    AND known.users >= 3
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
