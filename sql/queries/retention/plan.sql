-- title: What goes when
-- question: Which months of which class go next under a policy, and how much is that?
-- param policy: (class, cluster, days) of the policy; an empty cluster stands for all others, -1 days for as all others
SELECT
    class,
    table,
    cluster,
    month,
    months.rows - months.held AS rows,
    toUInt64(disk.bytes * (months.rows - months.held) / disk.rows) AS bytes,
    held,
    oldest_at,
    newest_at,
    multiIf(own.3 >= 0, own.3, common.3) AS keep_days,
    expires_on(month, keep_days) AS expires_on,
    expires_on <= today() AS due
FROM
(
    SELECT
        *,
        arrayFirst(rule -> rule.1 = class AND rule.2 = cluster, {policy:Array(Tuple(String, String, Int32))}) AS found,
        if(found.1 = '', ('', '', toInt32(-1)), found) AS own,
        arrayFirst(rule -> rule.1 = class AND rule.2 = '', {policy:Array(Tuple(String, String, Int32))}) AS common
    FROM retention_months
    WHERE NOT refreshed
) AS months
LEFT JOIN
(
    SELECT
        table,
        sum(bytes_on_disk) AS bytes,
        greatest(1, sum(rows)) AS rows
    FROM system.parts
    WHERE active AND database = currentDatabase()
    GROUP BY table
) AS disk ON disk.table = months.table
WHERE keep_days > 0
    AND months.rows > months.held
ORDER BY
    expires_on,
    class,
    table,
    cluster,
    month
