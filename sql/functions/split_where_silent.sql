-- split_where_silent(buckets, gap_seconds): cut an array of tuples (first moment, last moment, …), sorted by the first moment, where nothing was
-- alive for longer than the gap. A gap of exactly gap_seconds does not cut. The running maximum matters: a watch that began early may outlive
-- the requests after it.
CREATE OR REPLACE FUNCTION split_where_silent AS (buckets, gap_seconds) ->
    arraySplit(
        (bucket, alive_until) -> dateDiff('microsecond', alive_until, bucket.1) > toInt64(gap_seconds) * 1000000,
        buckets,
        arrayReduceInRanges(
            'max',
            arrayMap(index -> (toUInt64(1), toUInt64(greatest(index - 1, 1))), arrayEnumerate(buckets)),
            arrayMap(bucket -> bucket.2, buckets)))
