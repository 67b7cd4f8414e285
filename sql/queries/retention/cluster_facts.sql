-- title: First event that is kept
-- question: From which moment on are the events of a cluster known, now that older ones are gone? Hours before it are no holes.
ALTER TABLE cluster_facts UPDATE first_event_at = greatest(
    first_event_at,
    toDateTime64(transform(
        toString(cluster),
        (
            SELECT groupArray(toString(cluster))
            FROM
            (
                SELECT *
                FROM retention_horizons
                WHERE class = 'events'
                ORDER BY cluster
            )
        ),
        (
            SELECT groupArray(expired_before)
            FROM
            (
                SELECT *
                FROM retention_horizons
                WHERE class = 'events'
                ORDER BY cluster
            )
        ),
        toDate(0)), 6, 'UTC'))
WHERE last_event_at >= first_event_at
