-- title: Days on which the record was looked at
-- question: On which days did somebody look at the record, and who looked last?
-- proves: Reading through the front of this store is recorded too: for each day of the period how often people and how often Grafana on its own (alerts, refreshes without a user) read a table, and who.
-- cannot: What they looked for, at which cluster, and what they made of it. Reading by another road: a pack that was handed over, the log files, a client of the ClickHouse server itself.
-- pass: the record was read on this day
-- attention: nobody read the record on this day
-- none: attention; no reading is on record: nobody read through the front of the store before the end of the period, and other roads leave no trace here
-- next: access
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- param looked_by: whose reading counts: anybody, or automation (Grafana on its own)
-- value looked_by: anybody
-- column cluster: label of the audited cluster
-- column status: what this row is for the verdict: pass, attention or fail
-- column finding: the same in words
-- column day: the day, in UTC
-- column by_people: answers to people, and to commands on the machine of the store
-- column by_automation: answers to Grafana without a user
-- column readers: who read, and for whom
-- column last_at: last reading of the day
SELECT
    cluster,
    if(counted = 0, 'attention', 'pass') AS status,
    multiIf(
        counted > 0, 'the record was read',
        by_people + by_automation = 0, 'nobody read the record',
        'no automation read the record') AS finding,
    day,
    by_people,
    by_automation,
    readers,
    last_at
FROM
(
    SELECT
        expected.cluster AS cluster,
        expected.day AS day,
        looked.by_people AS by_people,
        looked.by_automation AS by_automation,
        by_automation + if({looked_by:String} = 'automation', 0, by_people) AS counted,
        looked.readers AS readers,
        if(by_people + by_automation = 0, NULL, toNullable(looked.last_at)) AS last_at
    FROM
    (
        SELECT
            cluster,
            arrayJoin(arrayMap(step -> toDate(first_at) + step, range(toUInt32(greatest(0, dateDiff('day', first_at, last_at) + 1))))) AS day
        FROM
        (
            SELECT
                cluster,
                greatest(first_event_at, {since:DateTime64(6, 'UTC')}) AS first_at,
                least(last_event_at, {until:DateTime64(6, 'UTC')} - toIntervalMicrosecond(1)) AS last_at
            FROM clusters
            WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
        )
        WHERE first_at <= last_at
            AND (
                SELECT count()
                FROM audit_access
                WHERE outcome = 'success'
                    AND at < {until:DateTime64(6, 'UTC')}
            ) > 0
    ) AS expected
    LEFT JOIN
    (
        SELECT
            toDate(at) AS day,
            countIf(NOT automated) AS by_people,
            countIf(automated) AS by_automation,
            arrayStringConcat(arraySort(groupUniqArray(if(on_behalf_of = '', toString(reader), concat(reader, ' for ', on_behalf_of)))), ', ') AS readers,
            max(audit_access.at) AS last_at
        FROM
        (
            SELECT
                at,
                reader,
                on_behalf_of,
                on_behalf_of = '' AND match(user_agent, '(?i)grafana') AS automated
            FROM audit_access
            WHERE at >= {since:DateTime64(6, 'UTC')}
                AND at < {until:DateTime64(6, 'UTC')}
                AND outcome = 'success'
                AND match(statement, '(?i)\\b(from|join)\\s')
                AND NOT match(statement, '(?i)\\bfrom\\s+system\\.')
        ) AS audit_access
        GROUP BY day
    ) AS looked ON looked.day = expected.day
)
