-- title: Time of requests_hourly
-- question: When is the time of a row over, unless a legal hold covers it?
-- class: rollups
ALTER TABLE requests_hourly MODIFY TTL
    if(
        is_held(cluster, emptyArrayString(), hour, arrayMap(
            hold -> (hold.1, hold.2, toDateTime64(hold.3, 6, 'UTC'), toDateTime64(hold.4, 6, 'UTC')),
            {holds:Array(Tuple(String, String, String, String))})),
        toDate('2149-06-06'),
        expires_on(hour, transform(toString(cluster), {rollups_clusters:Array(String)}, {rollups_own_days:Array(Int32)}, {rollups_days:Int32}))) DELETE
