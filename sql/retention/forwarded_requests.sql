-- title: Time of forwarded_requests
-- question: When is the time of a row over, unless a legal hold covers it?
-- class: events
ALTER TABLE forwarded_requests MODIFY TTL
    if(
        is_held(cluster, emptyArrayString(), requested_at, arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(requested_at, transform(toString(cluster), {events_clusters:Array(String)}, {events_own_days:Array(Int32)}, {events_days:Int32}))) DELETE
