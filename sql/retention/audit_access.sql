-- title: Time of audit_access
-- question: When is the time of a row over, unless a legal hold covers it? A row belongs to no cluster, so the cluster of a hold does not narrow.
-- class: reads
ALTER TABLE audit_access MODIFY TTL
    if(
        is_held('', [toString(reader), toString(on_behalf_of)], at, arrayMap(
            hold -> ('', hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(at, {reads_days:Int32})) DELETE
