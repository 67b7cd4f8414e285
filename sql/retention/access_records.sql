-- title: Time of access_records
-- question: When is the time of a row over, unless a legal hold covers it?
-- class: access
ALTER TABLE access_records MODIFY TTL
    if(
        is_held(cluster, emptyArrayString(), accepted_at, arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(accepted_at, transform(toString(cluster), {access_clusters:Array(String)}, {access_own_days:Array(Int32)}, {access_days:Int32}))) DELETE
