-- title: Deliveries of the period
-- question: Which batches hold events of the period, and how are they chained?
-- param since: beginning of the period
-- param until: end of the period, excluded
-- param cluster: regular expression of cluster labels; empty for all
SELECT
    cluster,
    source,
    sequence,
    batch_id,
    first_offset,
    bytes,
    records,
    rejected,
    redacted,
    excluded,
    first_event_at,
    last_event_at,
    content_hash,
    previous_hash,
    chain_hash,
    loaded_at,
    loader
FROM batches FINAL
WHERE coalesce(last_event_at, loaded_at) >= {since:DateTime64(6, 'UTC')}
    AND coalesce(first_event_at, loaded_at) < {until:DateTime64(6, 'UTC')}
    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))
ORDER BY ALL
