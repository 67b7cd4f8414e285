-- title: Time of rejected
-- question: When is the time of a row over, unless a legal hold covers it?
-- class: rejected
ALTER TABLE rejected MODIFY TTL
    if(
        is_held(cluster, emptyArrayString(), received_at, arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(received_at, transform(toString(cluster), {rejected_clusters:Array(String)}, {rejected_own_days:Array(Int32)}, {rejected_days:Int32}))) DELETE
