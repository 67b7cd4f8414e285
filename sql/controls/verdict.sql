-- title: Verdict of a control
-- question: What do the rows of evidence, and what is known of the period, say together?
-- rule: In this order: no-data where the period has no event; not-applicable where the platform cannot evidence it; the worst status of a row; the status of `none` where there is no row. A pass becomes attention where hours of the period are unknown.
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
-- include rules: one row for each evidence: what no row of it means, which platforms can evidence it, and the requirements that it serves
-- include tallies: the rows of each evidence, counted by cluster, status and words
WITH
    known AS
    (
        SELECT
            delivered.cluster AS cluster,
            any(clusters.platform) AS platform,
            uniqExactIf(hour, busy_minutes > 0) AS hours_with_events,
            uniqExactIf(hour, gap) AS holes,
            greatest(0, intDiv(dateDiff('second', {since:DateTime64(6, 'UTC')}, any(clusters.first_event_at)), 3600)) AS before,
            greatest(0, intDiv(dateDiff('second', any(clusters.last_event_at), {until:DateTime64(6, 'UTC')}), 3600)) AS after
        FROM
        (
            SELECT DISTINCT cluster
            FROM batches
            WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
            UNION DISTINCT
            SELECT cluster
            FROM clusters
            WHERE ({cluster:String} = '' OR match(cluster, {cluster:String}))
        ) AS delivered
        LEFT JOIN clusters ON clusters.cluster = delivered.cluster
        LEFT JOIN
        (
            SELECT
                cluster,
                hour,
                busy_minutes,
                gap
            FROM hours_covered
            WHERE hour > {since:DateTime64(6, 'UTC')} - toIntervalHour(1)
                AND hour < {until:DateTime64(6, 'UTC')}
        ) AS covered ON covered.cluster = delivered.cluster
        GROUP BY cluster
    ),
    scope AS
    (
        SELECT
            one.1 AS cluster,
            one.2 AS platform,
            one.3 AS hours_with_events,
            one.4 AS unknown_hours
        FROM
        (
            SELECT groupArray(tuple(
                toString(cluster),
                toString(platform),
                toUInt64(hours_with_events),
                toUInt64(if(hours_with_events = 0, 0, holes + before + after)))) AS listed
            FROM known
        )
        ARRAY JOIN if(empty(listed), [tuple('', '', toUInt64(0), toUInt64(0))], listed) AS one
    ),
    rules AS
    (
        /* rules */
    ),
    found AS
    (
        SELECT
            evidence,
            cluster,
            sum(rows_alike) AS number,
            sumIf(rows_alike, status = 'fail') AS failing,
            sumIf(rows_alike, status = 'no-data') AS without_data,
            sumIf(rows_alike, status = 'attention') AS noticed,
            multiIf(failing > 0, 'fail', without_data > 0, 'no-data', noticed > 0, 'attention', 'pass') AS decisive,
            arraySort(
                said -> (said.2 = '', -toInt64(said.1), said.2),
                arrayMap(said -> (said.2, said.3), arrayFilter(said -> said.1 = decisive, groupArray((status, rows_alike, words))))) AS kinds,
            arraySlice(arrayFilter(said -> said.2 != '', kinds), 1, 3) AS first_kinds,
            if(
                length(kinds) = 1,
                first_kinds[1].2,
                concat(
                    arrayStringConcat(arrayMap(said -> concat(said.2, ' (', toString(said.1), ')'), first_kinds), ', '),
                    if(length(kinds) > 3, ', and others', ''))) AS told
        FROM
        (
            /* tallies */
        )
        GROUP BY
            evidence,
            cluster
    )
SELECT
    served.1 AS position,
    served.2 AS requirement,
    served.3 AS title,
    served.4 AS evidence,
    scope.cluster AS cluster,
    platform,
    multiIf(
        hours_with_events = 0, 'no-data',
        platforms != '' AND NOT has(splitByChar(',', platforms), platform), 'not-applicable',
        failing > 0, 'fail',
        without_data > 0, 'no-data',
        noticed > 0, 'attention',
        number = 0 AND none != 'pass', none,
        unknown_hours > 0, 'attention',
        'pass') AS status,
    concat(
        multiIf(
            scope.cluster = '', 'the store knows no such cluster',
            hours_with_events = 0, 'the period has no event',
            platforms != '' AND NOT has(splitByChar(',', platforms), platform), elsewhere,
            number = 0, none_words,
            number = 1 AND told != '', told,
            concat(
                multiIf(
                    failing > 0, concat(toString(failing), ' of ', toString(number), if(number = 1, ' row fails', ' rows fail')),
                    without_data > 0, concat(toString(without_data), ' of ', toString(number), ' rows are without data'),
                    noticed > 0, concat(toString(noticed), ' of ', toString(number), if(number = 1, ' row needs attention', ' rows need attention')),
                    number = 1, '1 row, and it is in order',
                    concat(toString(number), ' rows, and all are in order')),
                if(told = '', '', concat(': ', told)))),
        if(hours_with_events > 0 AND unknown_hours > 0, concat('; ', toString(unknown_hours), if(unknown_hours = 1, ' hour', ' hours'), ' of the period unknown'), '')) AS finding,
    number,
    failing,
    noticed,
    unknown_hours
FROM scope
CROSS JOIN rules
LEFT JOIN found ON found.cluster = scope.cluster AND found.evidence = rules.evidence
ARRAY JOIN rules.requirements AS served
ORDER BY ALL
