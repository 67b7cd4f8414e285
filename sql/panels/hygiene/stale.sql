-- title: Stale identities
-- question: People seen before but not in the days chosen above, up to the end of the range. Their access may still work: the audit log shows use, not rights.
-- next: hygiene/stale_list
SELECT countIf(seen_at < $__toTime_ms - toIntervalDay(toUInt32OrZero('${stale_days:percentencode}'))) AS value
FROM
(
    SELECT
        actor,
        max(last_seen_at) AS seen_at
    FROM sessions
    WHERE actor_kind = 'human'
        AND started_at <= $__toTime_ms
        AND $__conditionalAll(cluster IN (chosen('${cluster:percentencode}')), $cluster)
        AND $__conditionalAll(cluster IN (SELECT cluster FROM clusters WHERE platform IN (chosen('${platform:percentencode}'))), $platform)
    GROUP BY actor
)
