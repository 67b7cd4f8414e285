-- title: Newest batch
-- question: How many batches are there, and when was the last one written?
SELECT
    count() AS batches,
    max(loaded_at) AS last_load_at
FROM batches
