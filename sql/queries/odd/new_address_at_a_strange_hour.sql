-- title: New address, strange hour
-- question: Which credential was used from an address it never came from, at an hour its owner never works?
-- param cluster: regular expression of cluster labels; empty for all
-- Needs a day of knowledge of the person, and at least four hours between this one and any in which they worked from elsewhere.
WITH
    hours AS
    (
        SELECT
            cluster,
            actor,
            key_ip,
            arrayDistinct(groupArray(toHour(minute))) AS hours,
            min(minute) AS known_since
        FROM activity_minutes
        GROUP BY
            cluster,
            actor,
            key_ip
    ),
    elsewhere AS
    (
        SELECT
            opened.session_id AS session_id,
            arrayDistinct(arrayFlatten(groupArray(hours.hours))) AS usual_hours,
            min(hours.known_since) AS known_since
        FROM sessions AS opened
        INNER JOIN hours ON hours.cluster = opened.cluster AND hours.actor = opened.actor
        WHERE hours.key_ip != opened.client_ip
        GROUP BY session_id
    )
SELECT
    started_at AS at,
    cluster,
    actor,
    client_ip,
    concat(
        actor, ' came from ', client_ip, ', never seen before, at ', formatDateTime(started_at, '%H:%i'), ' UTC, hours away from when they work: ',
        toString(requests), ' requests', if(denied > 0, concat(', ', toString(denied), ' refused'), '')) AS story,
    [first_audit_id, last_audit_id] AS evidence_ids
FROM sessions
INNER JOIN elsewhere ON elsewhere.session_id = sessions.session_id
WHERE evidence = 'first-seen'
    AND actor_kind = 'human'
    AND client_ip != ''
    AND started_at > known_since + toIntervalDay(1)
    AND length(usual_hours) >= 4
    AND arrayMin(hour -> least(abs(hour - toHour(started_at)), 24 - abs(hour - toHour(started_at))), usual_hours) >= 4
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY at
