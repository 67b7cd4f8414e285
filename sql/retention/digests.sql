-- title: Time of digests
-- question: When are the records gone that a digest proves? A month in which anything may be held keeps its digests.
-- class: events
ALTER TABLE digests MODIFY TTL
    if(
        arrayExists(
            hold -> (hold.1 = '' OR hold.1 = cluster) AND toDate(hold.3) < month + toIntervalMonth(1) AND toDate(hold.4) >= month,
            arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(month, multiIf(
            kind = 'event', transform(toString(cluster), {events_clusters:Array(String)}, {events_own_days:Array(Int32)}, {events_days:Int32}),
            kind = 'identity', transform(toString(cluster), {identity_clusters:Array(String)}, {identity_own_days:Array(Int32)}, {identity_days:Int32}),
            kind = 'access', transform(toString(cluster), {access_clusters:Array(String)}, {access_own_days:Array(Int32)}, {access_days:Int32}),
            transform(toString(cluster), {rejected_clusters:Array(String)}, {rejected_own_days:Array(Int32)}, {rejected_days:Int32})))) DELETE
