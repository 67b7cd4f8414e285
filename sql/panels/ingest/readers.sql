-- title: Readers
-- question: Who asked how much in the range, and what was refused. A reader whose statements are refused may be looking for a way out of what they may see.
-- empty: Nobody asked anything by way of serve.
-- next: ingest/reading
SELECT
    reader,
    arrayStringConcat(arraySort(groupUniqArrayIf(5)(toString(on_behalf_of), on_behalf_of != '')), ', ') AS people_behind,
    count() AS statements,
    countIf(outcome = 'refused') AS refused,
    sum(audit_access.rows) AS rows,
    arrayStringConcat(arraySort(groupUniqArray(5)(toString(audit_access.client_ip))), ', ') AS addresses,
    max(at) AS last_at
FROM audit_access
WHERE $__timeFilter_ms(at)
GROUP BY reader
ORDER BY statements DESC
LIMIT 50
