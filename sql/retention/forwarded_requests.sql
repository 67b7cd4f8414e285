-- title: Time of forwarded_requests
-- question: When is the time of a row over, unless a legal hold covers it?
-- class: identity
ALTER TABLE forwarded_requests MODIFY TTL
    if(
        is_held(cluster, [toString(actor), toString(impersonated_user)], requested_at, arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(requested_at, transform(toString(cluster), {identity_clusters:Array(String)}, {identity_own_days:Array(Int32)}, {identity_days:Int32}))) DELETE
