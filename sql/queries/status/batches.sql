-- title: Deliveries
-- question: What was delivered, and when last?
SELECT
    count() AS batches,
    uniqExact(cluster, source) AS sources,
    sum(bytes) AS bytes,
    sum(records) AS records,
    sum(rejected) AS rejected,
    sum(redacted) AS redacted,
    max(loaded_at) AS last_load_at
FROM batches FINAL
